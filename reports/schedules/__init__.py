"""Schedules: when documents are published again, by the system's own scheduler, and whether that happened."""
