"""Reminders: which level a sum has reached, the daily run, and the last look before a message goes."""
