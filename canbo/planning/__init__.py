"""Planning (quy hoạch): rounds, slates, the yearly review; what is decided goes to the dossier as plan entries."""
