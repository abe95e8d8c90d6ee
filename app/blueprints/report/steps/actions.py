"""Saying what happens next with a guest, and that it is done."""

from datetime import date

from app import clock, journal
from app.blueprints.report.steps import queries
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Invitation, NextStep


class StepNotSaid(SigningDayError):
    """A next step needs words and somebody who does it."""

    code = "step_not_said"
    sentence = N_("Please say what happens next, and who does it.")


def say(guest: Invitation, text: str, *, owner_id: int | None, due_on: date | None, by_id: int | None) -> NextStep:
    """Write down what happens next with a guest; what stood there before is in the journal."""
    text = " ".join(text.split())[:200]
    if not text or owner_id is None:
        raise StepNotSaid
    row = queries.of_guest(guest)
    before = (row.text, row.due_on) if row else (None, None)
    if row is None:
        row = NextStep(event_id=guest.event_id, invitation_id=guest.id, said_at=clock.now(), said_by_id=by_id)
        db.session.add(row)
    row.text, row.owner_id, row.due_on = text, owner_id, due_on
    row.said_at, row.said_by_id, row.done_at = clock.now(), by_id, None
    changes = {"step": [before[0], text], "due_on": [journal.plain(before[1]), journal.plain(due_on)]}
    journal.record("step.said", guest, event_id=guest.event_id, changes=changes)
    db.session.flush()
    return row


def done(row: NextStep) -> None:
    """Tick it off. Twice is once."""
    if row.done_at is None:
        row.done_at = clock.now()
        journal.record("step.done", row.invitation, event_id=row.event_id, changes={"step": [row.text, None]})
        db.session.flush()
