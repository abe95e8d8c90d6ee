"""Giving an event its own words for a message, and taking them away again."""

from app import journal
from app.blueprints.messages.rules import check_wording
from app.blueprints.messages.wording import Kind, house_wording
from app.blueprints.messages.wordings.queries import own_row
from app.errors import StaleChange
from app.extensions import db
from app.models import Channel, Event, MessageTemplate


def save(event: Event, kind: Kind, channel: Channel, locale: str, *, subject: str, body: str, seen: int) -> None:
    """Keep the event's own words; `seen` is the version the person started from, 0 for the house's words.

    Raises UnknownVariable or StrayBrace when the words cannot be filled in, StaleChange when somebody else saved
    meanwhile. The house's words, saved unchanged, are not kept as the event's own.
    """
    for text in (subject, body):
        check_wording(text, kind.variables)
    row = own_row(event, kind.key, channel, locale)
    if seen != (row.version if row else 0):
        raise StaleChange
    house = house_wording(kind.key, channel, locale)
    if row is None and (subject, body) == (house.subject, house.body):
        return
    if row is None:
        row = MessageTemplate(event_id=event.id, key=kind.key, channel=channel, locale=locale, body=body)
        row.subject = subject
        db.session.add(row)
        changes = {"body": [house.body, body]} | ({"subject": [house.subject, subject]} if subject else {})
        journal.record("wording.changed", row, event_id=event.id, changes=changes)
        return
    row.subject, row.body = subject, body
    if changes := journal.changes_of(row):
        journal.record("wording.changed", row, event_id=event.id, changes=changes)


def reset(event: Event, kind: Kind, channel: Channel, locale: str) -> bool:
    """Go back to the house's words; False when the event has none of its own."""
    row = own_row(event, kind.key, channel, locale)
    if row is None:
        return False
    journal.record("wording.reset", row, event_id=event.id, changes={"body": [row.body, None]})
    db.session.delete(row)
    return True
