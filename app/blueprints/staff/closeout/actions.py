"""What is done to close-out lists. Nothing here commits."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from app import clock, journal
from app.blueprints.events import hindrances
from app.blueprints.staff.closeout import queries
from app.blueprints.staff.closeout.rules import LONGEST, given_key
from app.blueprints.staff.rules.places import PersonHasLeft
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import CloseoutItem, CloseoutKind, Event, EventStatus, StaffPerson

BY_HAND = 1000  # stands below the items of the roles


class CloseoutClosed(SigningDayError):
    """The event is closed, so nothing new is opened; of an archived one nothing changes any more."""

    code = "closeout_closed"
    sentence = N_("The event is closed, so its close-out lists stay as they are.")


class ItemOfRole(SigningDayError):
    """An item that a role brings is waived, with a reason, and not removed."""

    code = "item_of_role"
    sentence = N_("This comes with the role. Waive it with a reason, or take it out of the role’s list.")


class ItemSettled(SigningDayError):
    """It is done or waived already."""

    code = "item_settled"
    sentence = N_("This has been done or waived already.")


class NothingToDo(SigningDayError):
    """An item without words."""

    code = "nothing_to_do"
    sentence = N_("Please say what is to be done, in one line.")


def _check_open(event: Event) -> None:
    """Raise when nothing new may be opened; whoever closes the event at this moment is waited for."""
    hindrances.lock(event, shared=True)
    if event.status in {EventStatus.CLOSED, EventStatus.ARCHIVED}:
        raise CloseoutClosed


def _check_changeable(event: Event) -> None:
    """Raise when the lists are a matter of record. What an event was closed with can still be done afterwards."""
    if event.status is EventStatus.ARCHIVED:
        raise CloseoutClosed


def make(event: Event) -> list[CloseoutItem]:
    """Make everybody's list from the roles they held. Twice is once: only what is not there yet is made."""
    hindrances.lock(event)
    if event.status in {EventStatus.CLOSED, EventStatus.ARCHIVED}:
        raise CloseoutClosed
    made = [
        CloseoutItem(
            event_id=event.id,
            person=sheet.person,
            key=line.key,
            kind=line.kind,
            text=line.text,
            position=position,
            created_at=clock.now(),
        )
        for sheet in queries.sheets(event)
        for position, line in enumerate(sheet.missing, start=len(sheet.items) + 1)
    ]
    db.session.add_all(made)
    if made:
        journal.record("closeout.made", event, event_id=event.id, changes={"items": [None, len(made)]})
    db.session.flush()
    return made


def add(event: Event, person: StaffPerson, kind: CloseoutKind, text: str) -> CloseoutItem:
    """Give somebody one thing more to do."""
    text = " ".join(text.split())[:LONGEST]
    if not text:
        raise NothingToDo
    _check_open(event)
    last = db.session.scalar(
        select(func.max(CloseoutItem.position)).where(
            CloseoutItem.event_id == event.id, CloseoutItem.person_id == person.id
        )
    )
    item = CloseoutItem(
        event_id=event.id,
        person=person,
        kind=kind,
        text=text,
        position=max(BY_HAND, (last or 0) + 1),
        created_at=clock.now(),
    )
    db.session.add(item)
    _record("closeout.added", item)
    db.session.flush()
    return item


def remove(event: Event, item: CloseoutItem) -> None:
    """Remove something that was added by hand."""
    _check_changeable(event)
    if item.key is not None:
        raise ItemOfRole
    _record("closeout.removed", item)
    db.session.delete(item)
    db.session.flush()


def tick(event: Event, item: CloseoutItem, *, done: bool, by: str, at: datetime | None = None) -> None:
    """Say that something is done, or that it is not. Twice is once; what was waived stays waived.

    `at` is when it was done on a phone, which may tell it late: what somebody ticked after that stays ticked.
    """
    at = at or clock.now()
    if item.waived_at is not None or done == (item.done_at is not None):
        return
    if item.done_at is not None and item.done_at > at:
        return
    if done:
        _check_changeable(event)
    else:
        _check_open(event)
    item.done_at, item.done_by = (at, by[:80]) if done else (None, "")
    _record("closeout.done" if done else "closeout.opened", item)
    db.session.flush()


def waive(event: Event, items: Sequence[CloseoutItem], why: str, *, by_id: int | None) -> int:
    """Let open items pass, with the reason and who says so. Returns how many."""
    why = " ".join(why.split())[:LONGEST]
    if not why:
        raise hindrances.ReasonMissing
    _check_changeable(event)
    waived = [each for each in items if each.is_open]
    for item in waived:
        item.waived_at, item.waived_by_id, item.waived_why = clock.now(), by_id, why
        _record("closeout.waived", item, why)
    db.session.flush()
    return len(waived)


def open_again(event: Event, item: CloseoutItem) -> None:
    """Take a waiver back."""
    if item.waived_at is None:
        return
    _check_open(event)
    why = item.waived_why
    item.waived_at, item.waived_by_id, item.waived_why = None, None, ""
    _record("closeout.opened", item, why)
    db.session.flush()


def hand_over(event: Event, items: Collection[CloseoutItem], person: StaffPerson) -> int:
    """Give open items to somebody else, for instance of a person who has left. Returns how many."""
    _check_changeable(event)
    if not person.is_here:
        raise PersonHasLeft(person=person.name)
    given = [each for each in items if each.is_open and each.person_id != person.id]
    for item in given:
        before = item.person.name
        if item.key is not None:
            item.key = given_key(item.key, item.person_id)
        item.person, item.given_by = person, item.given_by or before
        journal.record(
            "closeout.handed_over",
            item,
            event_id=event.id,
            changes={"text": [None, item.text], "to_person": [before, person.name]},
        )
    db.session.flush()
    return len(given)


def _record(action: str, item: CloseoutItem, why: str = "") -> None:
    changes = {"person": [None, item.person.name], "text": [None, item.text]}
    if why:
        changes["why"] = [None, why]
    journal.record(action, item, event_id=item.event_id, changes=changes)
