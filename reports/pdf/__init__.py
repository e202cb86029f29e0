"""Documents written as tagged PDF."""
