"""What is shown: charts, and the drawing of them."""
