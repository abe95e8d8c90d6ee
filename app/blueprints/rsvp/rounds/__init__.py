"""Rounds: before the day everyone is asked again, once. Whoever stays silent goes on the call list."""
