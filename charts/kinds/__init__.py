"""The kinds of chart, one a file."""
