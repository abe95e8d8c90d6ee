"""The scarcity board: what an event offers, who holds it, who has it, and who waits."""
