"""The rep's board: my dealers' money, whom to call next, what is to be done; and what payments need of a person."""
