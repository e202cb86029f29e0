"""What a story may compute, and what it may not lose."""
