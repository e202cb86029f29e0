"""What the lines around an unknown table say of it."""
