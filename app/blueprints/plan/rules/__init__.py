"""What is right and what follows, without database or request."""
