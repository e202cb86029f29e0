"""Documents written as PowerPoint decks."""
