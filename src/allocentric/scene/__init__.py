"""The explicit metric world as a value, and what a truth about it is."""
