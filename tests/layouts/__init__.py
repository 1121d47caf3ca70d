"""Personnel lists as Vietnamese offices make them, each with its truth; written without knowing the importer."""
