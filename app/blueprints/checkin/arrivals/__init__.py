"""How the hall fills: who is in, who is missing, and what the door refused."""
