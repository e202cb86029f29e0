"""Editions leave for other places, and people are told."""
