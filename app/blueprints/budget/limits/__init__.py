"""How far each role may go by itself in spending: the standard, the company's own limits, and those of an event."""
