"""What is decided about contracts: values in, verdict out."""
