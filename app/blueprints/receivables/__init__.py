"""Payments: what signed dealers owe, what came in, and the follow-up until it is there.

`ledger` posts and reverses, and knows the sums; `receipts` takes money down and confirms it; `followup` is the list of
calls with their promises; `reminders` writes to dealers before and after the due date. Values are judged in `rules`.
"""

from flask import Blueprint

blueprint = Blueprint("receivables", __name__)
