"""The address of the public programme is opened, renewed and taken back here. Nothing here commits."""

from app import clock, journal, tokens
from app.blueprints.plan.actions import check_open
from app.blueprints.programme import queries
from app.extensions import db
from app.models import Event, ProgrammePage


def open_page(event: Event) -> ProgrammePage:
    """Give the programme an address that cannot be guessed; an earlier one answers no more."""
    check_open(event)
    row = queries.page(event)
    if row is None:
        row = ProgrammePage(event_id=event.id, token="", opened_at=clock.now())
        db.session.add(row)
    row.token, row.opened_at = tokens.new_link_token(), clock.now()
    journal.record("programme_page.opened", event, event_id=event.id, changes={})
    db.session.flush()
    return row


def close_page(event: Event) -> None:
    """Take the address back. Twice is once."""
    row = queries.page(event)
    if row is not None:
        journal.record("programme_page.closed", event, event_id=event.id, changes={})
        db.session.delete(row)
        db.session.flush()
