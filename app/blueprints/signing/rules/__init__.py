"""What makes a signature, and how far a signing is."""
