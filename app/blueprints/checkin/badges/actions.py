"""Making badges valid and invalid. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from app import journal, tokens
from app.blueprints.checkin.badges.queries import Wearer
from app.blueprints.checkin.writing import insert_those_not_there
from app.errors import StaleChange
from app.extensions import db
from app.models import Badge, Event

_TRIES = 5


def ensure_badges(event: Event, wearers: Sequence[Wearer], *, at: datetime) -> list[Wearer]:
    """Give a valid badge to each of these people who has none, and return all of them with theirs.

    Two who print at the same moment make one badge a person: the unique index lets the second insert pass over what
    the first one wrote, and both read the same code afterwards.
    """
    for _ in range(_TRIES):
        bare = [each for each in wearers if each.badge is None]
        if not bare:
            break
        insert_those_not_there(Badge, [_values(event, each, at) for each in bare])
        have = _valid(event, {each.invitation.id for each in bare})
        wearers = [each if each.badge else replace(each, badge=have.get(each.key)) for each in wearers]
    return list(wearers)


def _values(event: Event, wearer: Wearer, at: datetime) -> dict[str, Any]:
    invitation_id, companion_id = wearer.key
    return {
        "event_id": event.id,
        "invitation_id": invitation_id,
        "companion_id": companion_id,
        "code": tokens.new_badge_code(),
        "created_at": at,
    }


def _valid(event: Event, invitation_ids: set[int]) -> dict[tuple[int, int | None], Badge]:
    found: dict[tuple[int, int | None], Badge] = {}
    ids = sorted(invitation_ids)
    for start in range(0, len(ids), 1000):
        statement = select(Badge).where(
            Badge.event_id == event.id,
            Badge.invitation_id.in_(ids[start : start + 1000]),
            Badge.revoked_at.is_(None),
        )
        found |= {(badge.invitation_id, badge.companion_id): badge for badge in db.session.scalars(statement)}
    return found


def mark_printed(event: Event, badge_ids: Sequence[int], *, at: datetime) -> None:
    """Note that these badges went to a printer, and who sent them there."""
    for start in range(0, len(badge_ids), 1000):
        some = Badge.id.in_(badge_ids[start : start + 1000])
        db.session.execute(update(Badge).where(some).values(printed_at=at))
    journal.record("badges.printed", event, changes={"badges": [None, len(badge_ids)]})


def replace_badge(event: Event, wearer: Wearer, *, at: datetime) -> Wearer:
    """Give somebody a new badge; the old one no longer opens the door.

    Raises StaleChange when it was replaced a moment ago.
    """
    old = wearer.badge
    if old is not None:
        revoked = update(Badge).where(Badge.id == old.id, Badge.revoked_at.is_(None)).values(revoked_at=at)
        if db.session.execute(revoked).rowcount != 1:  # type: ignore[attr-defined]
            raise StaleChange
    (renewed,) = ensure_badges(event, [replace(wearer, badge=None)], at=at)
    codes = [old.code if old else None, renewed.badge.code if renewed.badge else None]
    journal.record("badge.replaced", wearer.invitation, event_id=event.id, changes={"code": codes})
    return renewed
