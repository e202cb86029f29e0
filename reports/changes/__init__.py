"""What changed between two editions of a project: in its data, its words and its charts."""
