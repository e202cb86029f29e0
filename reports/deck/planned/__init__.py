"""Slides as pure data: what stands on each, and where."""
