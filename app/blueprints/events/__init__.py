"""Events: a conference from the first plan to its report.

A new event starts from the standard conference template (`template`) or as a copy of an earlier one. Its status goes
draft, open, running, closed, archived, and some steps back (`rules.status`). The overview leads with what is late or
missing (`rules.attention`), shows the rail (`rules.rail`) and the head count. Every figure about guests, here and in
the rooms above, is a sum over the cells of `queries.head_count` (`rules.head_count` says who is counted how).
"""

from flask import Blueprint

blueprint = Blueprint("events", __name__, url_prefix="/events")
