"""The run sheet, and the day as it runs."""
