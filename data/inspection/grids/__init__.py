"""Where the tables lie in an unknown sheet."""
