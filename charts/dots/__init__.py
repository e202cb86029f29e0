"""Dots on two axes: which of them look like one, and where their names stand."""
