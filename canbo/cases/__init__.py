"""Procedures carried out: cases with an append-only log of their steps, frozen papers, ballots on paper and on screen."""
