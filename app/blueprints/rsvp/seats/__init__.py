"""Seats: who holds one, and who gets the next that comes free."""
