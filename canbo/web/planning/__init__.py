"""Pages of planning: rounds, slates, procedures, the plan on any day."""
