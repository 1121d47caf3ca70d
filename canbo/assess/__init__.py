"""Where facts of people meet questions and rules: counts now, verdicts later."""
