"""How an unknown source is opened."""
