"""Stories: sentences about what lies where, read into bounds on how far things lie from each other."""
