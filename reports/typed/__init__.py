"""Numbers that authors typed by hand: where they stand, which values of the data they are, and how they are bound."""
