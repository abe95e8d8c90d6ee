"""Asking to see a contract one has no right to, and letting somebody see it for a time."""
