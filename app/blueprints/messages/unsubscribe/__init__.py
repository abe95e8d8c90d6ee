"""The guest's way out: no more messages by this way, at this address; and back again."""
