"""What a person would notice between two finished files: decks, or PDFs, ours or anybody's."""
