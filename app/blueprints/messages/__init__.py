"""Messages: what the house writes to guests and to its own people, and what became of it.

Other rooms call `actions.post_to_guest` (one), `actions.post_to_guests` (many) and `actions.post_to_rep` (one of our
own). Each writes a row of the outbox in the caller's transaction: wording chosen (the event's own, else the house's),
variables filled in, language and way picked, quiet hours and unsubscriptions respected. The worker sends it later,
and `delivery.decide` looks once more whether it is still wanted.

`outbox` is the page that shows every message as it will be read with every attempt to send it, and lets people send
again and cancel. `wordings` lets an event have its own words. `unsubscribe` is the guest's way out.
"""

from flask import Blueprint

blueprint = Blueprint("messages", __name__)
