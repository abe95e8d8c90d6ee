"""How many are wanted, what the log adds up to, what is late, and what a design says. No session, no clock."""
