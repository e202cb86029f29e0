"""What a run does: build, check, new."""
