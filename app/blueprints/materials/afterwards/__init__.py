"""What became of everything after the event: returned, kept, used up or lost, in one page."""
