"""Lists of people: search, filter, order, columns, export."""
