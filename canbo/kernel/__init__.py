"""Values the whole program stands on: dates, spans, Vietnamese text, numbers. Standard library only."""
