"""One short command a file; a command holds no logic."""
