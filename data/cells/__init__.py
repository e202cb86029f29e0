"""What one cell's text says, as its field declares it."""
