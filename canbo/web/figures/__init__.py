"""Counts of a day, each with the people behind it."""
