"""The packages of the day, what they give, and how far each role may go by itself."""
