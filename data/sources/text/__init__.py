"""Tables in text files: delimited ones and JSON, in the encoding that is declared."""
