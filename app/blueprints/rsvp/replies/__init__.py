"""The page of those who look after the answers: what needs a person, all replies, exports, the waiting list."""
