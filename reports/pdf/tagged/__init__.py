"""A PDF page: tagged while it is drawn."""
