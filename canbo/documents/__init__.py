"""Values → bytes of a document. Knows no database and no request."""
