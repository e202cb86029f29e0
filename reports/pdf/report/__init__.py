"""The report: blocks flow over pages."""
