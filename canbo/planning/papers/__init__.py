"""Papers of planning, made from its records: what they do not say stays a dotted line."""
