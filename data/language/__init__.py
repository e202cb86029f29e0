"""How values and words are written in a language."""
