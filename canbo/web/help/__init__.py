"""Help beside each page: what it is for, three steps, common mistakes."""
