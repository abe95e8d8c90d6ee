"""Badges and the door: who gets a badge, who comes in, and how the hall fills.

One decision, several front doors: the desk's page, the JSON API and any later client call `actions.check_in`, which
asks `rules.verdict`. `badges/` prints.
"""

from flask import Blueprint

blueprint = Blueprint("checkin", __name__)
