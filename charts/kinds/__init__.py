"""The kinds of chart, one a file, and what several of them share."""
