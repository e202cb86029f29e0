"""How a chart comes onto a page: laid out once, then put onto a canvas, into SVG or into PNG."""
