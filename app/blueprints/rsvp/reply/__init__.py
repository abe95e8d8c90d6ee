"""A guest's answer: the personal page, and the one action that every answer goes through."""
