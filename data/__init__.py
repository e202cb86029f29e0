"""What goes in: project files, brands, tables and the values in them."""
