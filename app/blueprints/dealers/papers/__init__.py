"""Qualification papers of a dealer and its screening: what stands behind a contract."""
