"""A deck that people edited is made again with new data, and keeps their work."""
