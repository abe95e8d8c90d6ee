"""Contracts of all dealers who are ready to sign, drafted, submitted and approved together."""
