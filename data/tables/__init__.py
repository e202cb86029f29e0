"""Tables: values that know their cells, rows, and what is asked of them."""
