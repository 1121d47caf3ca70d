"""Standards on the screen: one person's verdicts, the review of a scope, the law itself, what falls due."""
