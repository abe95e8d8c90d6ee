"""The invite list: who is to come to an event, how near they are to signing, and how they got on the list.

`rules` says which state follows which. `actions` lists, edits and invites; an invitation that is sent is an outbox
row written in the same transaction. `importing` reads whole files.
"""

from flask import Blueprint

blueprint = Blueprint("invitations", __name__, url_prefix="/events/<slug>/guests")
