"""What `project.toml` may say."""
