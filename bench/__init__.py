"""Measurements of the program: one JSON line per figure, kept in bench/results/."""
