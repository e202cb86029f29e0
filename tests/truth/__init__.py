"""A judge of what documents say: every cell of a project changed in turn, and every assertion held against the tables."""
