"""Words: what they mean in files, and how proposals say theirs."""
