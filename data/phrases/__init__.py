"""Ready words: phrases that say what the data bear out, in the language of the document."""
