"""What charts made of rows share: their names, their frame, their scale, their key and columns of figures."""
