"""The queue for what somebody else holds: who waits, who is offered it next, and who has been told."""
