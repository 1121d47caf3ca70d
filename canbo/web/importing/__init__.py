"""A list comes in: file, columns to confirm, differences to look at, result."""
