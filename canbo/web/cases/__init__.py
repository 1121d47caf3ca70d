"""Pages of cases carried out under a procedure, and of ballots on screen."""
