"""Databases, one a file, and what is asked of them; never written to."""
