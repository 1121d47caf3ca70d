"""A list's file as sheets of cells: Excel in its several formats, OpenDocument, CSV. Parsed in the sandbox's child."""
