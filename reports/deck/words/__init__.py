"""Words and tables on slides: how wide they are, and where they break."""
