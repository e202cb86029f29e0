"""Many handouts bound into one PDF."""
