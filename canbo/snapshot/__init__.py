"""The database as columnar tables in memory, refreshed by the people changed since; a cache, never the truth."""
