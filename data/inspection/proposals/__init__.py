"""What is proposed for an unknown table, and how it is said."""
