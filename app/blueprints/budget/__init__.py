"""Budget: what an event may cost, what has been promised, what has been spent, and what it will come to.

Everything that costs money is an `Entry` of the event's ledger (`ledger.py`): expenses asked for here, and what other
rooms promise by themselves (orders of materials, hired people's days, what signed packages give). Those are read from
their own rows each time, so they follow every change; an expense that names such a row (`ExpenseSource`, its key is
unique) stands for it from then on, so nothing is counted twice. All figures of all pages are sums over these entries.

`rules` hold what an expense counts for, lines and groups, and who may spend how much. `plan` holds the versions of the
plan, `expenses` what happens to an expense, its invoices, payments and advances.
"""

from flask import Blueprint

blueprint = Blueprint("budget", __name__)
