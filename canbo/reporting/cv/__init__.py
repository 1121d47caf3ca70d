"""Curricula vitae as papers: the forms of `laws/cv`, and the one-page summary for meetings."""
