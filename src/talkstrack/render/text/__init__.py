"""Documents and their layout for a terminal and a pipe."""
