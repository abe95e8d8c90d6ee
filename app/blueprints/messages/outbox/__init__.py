"""The page Outbox: where each message stands, how it reads, and what can be done about it."""
