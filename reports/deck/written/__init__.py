"""Slides as parts of a PowerPoint file."""
