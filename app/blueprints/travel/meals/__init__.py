"""Sittings: how many eat, how many eat what, and at which tables."""
