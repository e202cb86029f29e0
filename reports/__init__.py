"""What comes out: documents, and the writers that make files of them."""
