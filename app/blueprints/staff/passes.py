"""Everybody's key to their own page at one event: an unguessable link, and the code of their badge."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import Event, StaffPass, StaffPerson, User
from app.tokens import new_badge_code, new_link_token


def by_token(token: str) -> StaffPass | None:
    """Return the pass of a personal link, with its event and its person."""
    return db.session.scalar(
        select(StaffPass)
        .where(StaffPass.token == token)
        .options(
            joinedload(StaffPass.event, innerjoin=True),
            joinedload(StaffPass.person, innerjoin=True).joinedload(StaffPerson.user).lazyload(User.role_rows),
        )
    )


def of(event: Event) -> dict[int, StaffPass]:
    """Return the passes of an event by person."""
    rows = db.session.scalars(select(StaffPass).where(StaffPass.event_id == event.id))
    return {each.person_id: each for each in rows}


def ensure(event: Event, people: Iterable[StaffPerson]) -> dict[int, StaffPass]:
    """Return everybody's pass by person; whoever has none gets one."""
    found = of(event)
    for person in people:
        if person.id not in found:
            made = StaffPass(event_id=event.id, person_id=person.id, code=new_badge_code(), token=new_link_token())
            db.session.add(made)
            found[person.id] = made
    db.session.flush()
    return found
