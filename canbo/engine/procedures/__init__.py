"""Procedures of the trade as data: their steps, how ballots are counted, and the state that a log of entries stands for."""
