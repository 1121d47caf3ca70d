"""Papers of the agency, its templates, and CVs as files."""
