"""Panels: small ones of each series on one scale, and those that units of their own need."""
