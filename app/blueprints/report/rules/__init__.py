"""Facts in, figures and findings out."""
