"""What everybody settles, gives back and hands over after the event, before it can be closed."""
