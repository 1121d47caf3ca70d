"""Units of a day with their history, posts and holders, norms and bodies; titles; and the writing of them."""
