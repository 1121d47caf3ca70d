"""The language of facts, its compiler to Polars and the counting; pure, without Django."""
