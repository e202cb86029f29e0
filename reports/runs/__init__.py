"""What a run does: read, write, save."""
