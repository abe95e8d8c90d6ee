"""One sitting: the host opens it, the dealer reads and signs, on our tablet or on the dealer's own phone."""
