"""Messages: what the house writes to guests and to its own people, and what became of it.

Other rooms call `actions.post_to_guest` (one), `actions.post_to_guests` (many) and `actions.post_to_user` (one of our
own). Each writes a row of the outbox in the caller's transaction: wording chosen (the event's own, else the house's),
variables filled in, language and way picked, quiet hours and unsubscriptions respected. The worker sends it later,
and looks once more whether it is still wanted.

The page Outbox shows every message as it will be read, every attempt to send it, and lets people resend and cancel.
The page Wording lets an event have its own words.
"""
