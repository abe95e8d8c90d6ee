"""Keeping the papers of contracts: attachments, how long everything is kept, and its destruction afterwards."""
