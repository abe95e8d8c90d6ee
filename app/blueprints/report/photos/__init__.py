"""Photos of the event that stand in its report and its document."""
