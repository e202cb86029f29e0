"""SQL over the project's own tables and sources, by DuckDB."""
