"""Papers of an evaluation, printed from its records: for one person, for a unit, for the whole campaign. Numbers are left blank."""
