"""Ordering: the difference that is wanted, more on top, from stock, and cancelling what has not come."""
