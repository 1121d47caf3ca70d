"""Out to Excel, edited there, and back: only the cells somebody changed are changes."""
