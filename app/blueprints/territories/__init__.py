"""Territories: what can be promised to a dealer, who holds it, and who has it.

The tree of regions (country, province, city, county, named accounts, the company's own groups), product lines and
sales channels say *what*; an event's offers say what is on the table there; grants say who holds or has it. A territory
nobody holds has no row. Two grants of one line, channel and time clash when one of them is exclusive and the region of
one contains that of the other; `rules.overlap` decides it and `actions` asks it behind the lock of the product line.

The packages of the day ("sign today") and how far each role may go by itself are kept here too, because a contract
takes both from its event.
"""

from flask import Blueprint

blueprint = Blueprint("territories", __name__)
