"""Charts as programs keep them that draw for themselves: numbers, names, formats and colours, and no shapes."""
