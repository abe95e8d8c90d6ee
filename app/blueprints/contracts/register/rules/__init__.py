"""Rules of the register. Values in, verdict out."""
