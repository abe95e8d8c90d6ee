"""What may stand in a clause, what it becomes, and what stops it. Values in, text out."""
