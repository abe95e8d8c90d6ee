"""What the company keeps from event to event."""
