"""Numbers that an author typed into a text."""
