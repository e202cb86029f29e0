"""How documents look: brand, colours, fonts and logos."""
