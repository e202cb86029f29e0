"""PowerPoint files, as they are read and packed."""
