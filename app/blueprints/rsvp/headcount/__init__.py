"""The head count three ways, firm, likely and at most, and what follows from it. One place for these numbers."""
