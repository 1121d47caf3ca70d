"""Pages of what is made known and of what readers say to it."""
