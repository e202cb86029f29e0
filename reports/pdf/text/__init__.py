"""Text in lines: spans, words, passages."""
