"""Papers the agency issues: drafted, issued, in effect; and its own Word templates. `agency` runs in the sandbox."""
