"""Replies: what guests answer, who gets a seat, and how sure the head count is.

A guest answers on a personal page (`reply`), by one tap when asked again (`rounds`), or on the phone (`calls`). All
three end in one action, `reply.actions.answer`, which decides under a lock on the event whether there is a seat.
`seats` counts them and moves the waiting list up, `headcount` says how many will really come, `replies` is the page
of those who look after it.
"""

from flask import Blueprint

blueprint = Blueprint("rsvp", __name__)
