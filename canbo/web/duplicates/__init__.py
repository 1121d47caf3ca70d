"""Dossiers that may be one person: proposed with reasons, looked at side by side, merged, told apart, undone."""
