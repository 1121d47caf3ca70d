"""Facts of a date: a subject is a row, a fact is a column. Pure functions over columnar tables, no Django."""
