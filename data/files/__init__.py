"""The files of a project, and the one door through which they come."""
