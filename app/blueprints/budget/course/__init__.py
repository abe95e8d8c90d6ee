"""How spending went over time, and beside earlier events."""
