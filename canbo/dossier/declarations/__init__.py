"""Self-declaration rounds: what may be ticked, what a person says, and how her unit takes it into the dossier."""
