"""What follows from sums and days. Values in, verdict out."""
