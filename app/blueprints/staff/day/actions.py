"""What a person does on their own page. Nothing here commits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, journal
from app.blueprints.staff.plan import standing_of
from app.blueprints.staff.rules.duty import DutyNotTold, Step, after
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Duty, DutyState, DutyTick, Event, EventStatus


class PageClosed(SigningDayError):
    """The event is over, and with it the page."""

    code = "duty_page_closed"
    sentence = N_("This event is closed. Nothing more can be changed here.")


def is_closed(event: Event) -> bool:
    """Tell whether the event's staff pages take nothing any more."""
    return event.status in {EventStatus.CLOSED, EventStatus.ARCHIVED}


def answer(duty: Duty, step: Step, *, seen: str, reason: str = "") -> None:
    """Acknowledge or refuse a duty. `seen` is the digest that the page showed: only what was read can be answered."""
    if is_closed(duty.event):
        raise PageClosed
    if seen != duty.told_digest:
        raise DutyNotTold
    before = duty.state
    state = after(standing_of(duty), step)
    if state is before and duty.refusal == reason:
        return
    duty.state, duty.answered_at = state, clock.now()
    duty.refusal = reason if state is DutyState.REFUSED else ""
    changes = {"role": [None, duty.role.name], "shift": [None, duty.shift.name]}
    if duty.refusal:
        changes["refusal"] = [None, duty.refusal]
    action = "duty.refused" if state is DutyState.REFUSED else "duty.acknowledged"
    journal.record(action, duty, event_id=duty.event_id, changes=changes)
    db.session.flush()


def tick(duty: Duty, line: str, *, done: bool, at: datetime) -> None:
    """Tick a line of the role's duties, or take the tick away. Twice is once.

    `at` is when it was done on the phone, which may tell it late: a tick made after that stays.
    """
    if is_closed(duty.event):
        raise PageClosed
    row = db.session.scalar(select(DutyTick).where(DutyTick.duty_id == duty.id, DutyTick.line == line))
    if not done:
        if row is not None and row.done_at <= at:
            db.session.delete(row)
    elif row is None:
        try:
            with db.session.begin_nested():
                db.session.add(DutyTick(duty_id=duty.id, line=line, done_at=at))
        except IntegrityError:
            return  # the same person on a second phone was quicker
    db.session.flush()
