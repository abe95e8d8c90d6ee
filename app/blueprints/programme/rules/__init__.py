"""What an agenda, its rehearsals and its day come down to: values in, verdict out."""
