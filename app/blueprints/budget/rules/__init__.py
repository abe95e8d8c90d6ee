"""Values in, verdict out: what counts as committed and actual, what lines come to, who may spend how much."""
