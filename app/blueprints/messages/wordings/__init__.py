"""The page Wording: what each message says, in the house's words or the event's own."""
