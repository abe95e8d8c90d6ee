"""Sales targets of contracts against what was achieved, typed in or from a list."""
