"""The template: what its layouts are for, and what is taken over from them."""
