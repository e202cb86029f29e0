"""The public shelf: editions that pass gates, appear whole, and can be taken back."""
