"""Looks at an unknown source and proposes how to declare it; a proposal is never taken silently."""
