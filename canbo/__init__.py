"""canbo: công tác cán bộ, from dossier to report."""
