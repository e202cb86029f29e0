"""What is probably a mistake and may be meant: of data, of settings and of words."""
