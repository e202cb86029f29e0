"""What a deck keeps of how it was generated, so that it can be made again without a loss to whoever edited it."""
