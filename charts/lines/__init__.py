"""Lines through time: their points, their places, their labels and their names."""
