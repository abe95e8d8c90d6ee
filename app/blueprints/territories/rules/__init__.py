"""Verdicts about territories: what overlaps, what a package asks for, and how far a role may go."""
