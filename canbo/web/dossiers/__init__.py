"""One dossier on the screen: read, corrected, its history."""
