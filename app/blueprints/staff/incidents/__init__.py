"""The log of the day: what went wrong, where, who sees to it, and what came of it. Emergencies stand on top."""
