"""How a story becomes a document."""
