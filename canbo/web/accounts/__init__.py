"""Sign-in, the roles an account acts in, and accounts kept by their administrator."""
