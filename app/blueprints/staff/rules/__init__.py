"""The rules of the staff plan: values in, verdict out."""
