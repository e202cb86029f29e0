"""How a sheet of text becomes a table as `project.toml` declares it."""
