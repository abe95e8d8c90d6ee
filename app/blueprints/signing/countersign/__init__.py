"""Our officer's signature, the seal, and everything that follows from it in one transaction."""
