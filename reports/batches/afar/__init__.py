"""Items made on machines elsewhere: what is sent to them, what runs there, and who keeps count."""
