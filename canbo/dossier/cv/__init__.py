"""A person's curriculum vitae as values: what the forms 38, 2C and the summary print."""
