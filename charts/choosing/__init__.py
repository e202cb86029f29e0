"""What a chart shows as its project declares it: kind, rows, what stands out, lines and notes."""
