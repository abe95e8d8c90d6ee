"""Seating: the hall to scale, who sits where, and why there.

The hall plan says what stands where in centimetres; everything with seats is a table. `rules.search` seats parties (a
guest with companions) so that no hard rule is broken: as many people as chairs, companions side by side, rivals at
different tables, guests of honour at their tables, locked seats untouched. Among what is allowed it looks for the best
by weighted wishes, above all that every wavering dealer sits beside one who is ready to sign and one who is content.
What cannot be kept is named (`rules.broken`), never bent. `rules.reasons` says of each seat why; nothing of that is
stored, so it is always true of the seating as it stands.

Who sits where is the table `seats`. The label of the table is copied to the invitation (`table_label`), which badge,
door and lists read; the seat's number is read from `seats`.
"""

from flask import Blueprint

blueprint = Blueprint("seating", __name__)
