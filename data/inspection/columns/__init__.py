"""What the columns of an unknown table hold."""
