"""What a document is, for every writer."""
