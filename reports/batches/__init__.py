"""Batches: the same documents for each row of a table, made, resumed and told as one whole."""
