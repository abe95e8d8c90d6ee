"""Where people arrive: what needs them today across all events, what runs for them, and finding things again.

Home reads what the other rooms keep and changes nothing. It also shows the journal of the whole house, the tray of
one's own long jobs with their results, and the quick search over events, dealers and guests.
"""

from flask import Blueprint

blueprint = Blueprint("home", __name__)
