"""Evaluation: campaigns, one unit and one person in them, months tracked, the person's own assessment on her phone."""
