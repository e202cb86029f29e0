"""Where tables are read from, one kind of source a file."""
