"""What every page stands in: menu, overview, work to do, search, help."""
