"""Stacked bars: their parts, their colours, and what keeps them from being parts of one whole."""
