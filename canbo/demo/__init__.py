"""Invented, seeded people and a province for them: what a first day, a demonstration and a benchmark need."""
