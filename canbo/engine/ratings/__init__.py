"""Evaluation by the rules of a regime: points, means, grades, absence, and the ceiling of the highest grade."""
