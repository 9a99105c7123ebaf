"""Where scenes come from and go to: makers, readers, writers."""
