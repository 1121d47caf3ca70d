"""Evaluation: campaigns opened by the level above, months tracked, grades proposed by the regime of the day, decided by people."""
