"""What stands on pages: paragraphs, panels, lists and tables as boxes."""
