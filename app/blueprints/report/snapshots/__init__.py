"""The figures of a report as they were at set days after the event."""
