"""The axes of a chart: which numbers and times stand along them, and where."""
