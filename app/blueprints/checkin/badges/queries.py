"""Who gets a badge, which badge they have, and whether it has been printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app import names
from app.blueprints.checkin.queries import COMES_INSTEAD
from app.blueprints.invitations.rules import SEATED
from app.extensions import db
from app.models import Answer, Badge, Companion, Dealer, Event, Invitation, Job, Reply, Seat


class Printed(StrEnum):
    """How far the badges of a guest and their companions are."""

    MISSING = "missing"  # one of them at least was never printed
    OUTDATED = "outdated"  # printed, and after that somebody else was named to come or a seat was given
    DONE = "done"


class Which(StrEnum):
    """Whose badges are to be printed."""

    MISSING = "missing"
    ALL = "all"
    CHOSEN = "chosen"


class Order(StrEnum):
    """In which order badges come out of the printer. Companions follow their guest."""

    NAME = "name"
    TABLE = "table"


@dataclass(frozen=True)
class Wearer:
    """Somebody who gets a badge: a guest, or a companion of that guest. `badge` is the valid one.

    `substitute` is who comes instead of the guest, if anybody does.
    """

    invitation: Invitation
    companion: Companion | None
    substitute: str
    badge: Badge | None
    chair: int | None = None  # where the hall has been seated
    changed_at: datetime | None = None  # when the newest name or seat was given that the badge shows

    @property
    def name(self) -> str:
        if self.companion is not None:
            return self.companion.name
        return self.substitute or self.invitation.dealer.contact

    @property
    def key(self) -> tuple[int, int | None]:
        return self.invitation.id, self.companion.id if self.companion else None

    @property
    def is_printed(self) -> bool:
        return self.badge is not None and self.badge.printed_at is not None

    @property
    def is_outdated(self) -> bool:
        """Tell whether the printed badge shows an earlier name or seat."""
        printed_at = self.badge.printed_at if self.badge else None
        return printed_at is not None and self.changed_at is not None and printed_at < self.changed_at


_VALID_OF_GUEST = and_(Badge.invitation_id == Invitation.id, Badge.companion_id.is_(None), Badge.revoked_at.is_(None))
_GUEST_PRINTED = exists().where(_VALID_OF_GUEST, Badge.printed_at.is_not(None))
_COMPANION_MISSING = exists().where(
    Companion.invitation_id == Invitation.id,
    ~exists().where(Badge.companion_id == Companion.id, Badge.revoked_at.is_(None), Badge.printed_at.is_not(None)),
)
_RENAMED = exists().where(
    _VALID_OF_GUEST,
    Reply.invitation_id == Invitation.id,
    Reply.answer == Answer.SUBSTITUTE,
    Badge.printed_at < Reply.answered_at,
)
_RESEATED = exists().where(
    Badge.invitation_id == Invitation.id,
    Badge.revoked_at.is_(None),
    Seat.invitation_id == Invitation.id,
    Seat.companion_id.is_not_distinct_from(Badge.companion_id),
    Badge.printed_at < Seat.placed_at,
)
printed_state: ColumnElement[str] = case(
    (or_(~_GUEST_PRINTED, _COMPANION_MISSING), Printed.MISSING.value),
    (_RENAMED | _RESEATED, Printed.OUTDATED.value),
    else_=Printed.DONE.value,
)


def guests(event: Event) -> Select[Invitation]:
    """Return the select of everybody who gets a badge, joined with dealer and reply."""
    return (
        select(Invitation)
        .join(Invitation.dealer)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id, Invitation.state.in_(SEATED))
    )


def matching(query: str) -> ColumnElement[bool]:
    """Return the condition that finds a guest, or who comes instead, by what was typed."""
    known = and_(*(Dealer.search_key.like(pattern) for pattern in names.search_patterns(query)))
    return or_(known, Reply.substitute_name.contains(query, autoescape=True))


def guest(event: Event, invitation_id: int) -> Invitation | None:
    """Return one guest of the event who gets a badge."""
    statement = guests(event).where(Invitation.id == invitation_id)
    return db.session.scalar(statement.options(contains_eager(Invitation.dealer)))


@dataclass(frozen=True)
class Counts:
    """How many people get a badge, and how many of those were never printed."""

    guests: int
    companions: int
    missing: int
    outdated: int

    @property
    def people(self) -> int:
        return self.guests + self.companions


def counts(event: Event) -> Counts:
    """Return the figures of the badges page: one query, whatever the size."""
    of_event = (Invitation.event_id == event.id, Invitation.state.in_(SEATED))
    guests_ = select(func.count(Invitation.id)).where(*of_event)
    companions = select(func.count(Companion.id)).join(Companion.invitation).where(*of_event)
    valid = (Badge.revoked_at.is_(None), Badge.printed_at.is_not(None))
    printed = select(func.count(Badge.id)).join(Badge.invitation).where(*of_event, *valid)
    outdated = select(func.count(Invitation.id)).where(*of_event, printed_state == Printed.OUTDATED.value)
    row = db.session.execute(select(*(each.scalar_subquery() for each in (guests_, companions, printed, outdated))))
    all_guests, all_companions, all_printed, all_outdated = row.one()
    return Counts(all_guests, all_companions, all_guests + all_companions - all_printed, all_outdated)


def wearers(event: Event, ids: Sequence[int] | None = None) -> list[Wearer]:
    """Return everybody who gets a badge, each guest followed by their companions; with `ids` only those guests."""
    statement = guests(event).add_columns(COMES_INSTEAD, Reply.answered_at).options(contains_eager(Invitation.dealer))
    companions = select(Companion).join(Companion.invitation).where(Invitation.event_id == event.id)
    badges = select(Badge).where(Badge.event_id == event.id, Badge.revoked_at.is_(None))
    if ids is not None:
        statement = statement.where(Invitation.id.in_(ids))
        companions = companions.where(Companion.invitation_id.in_(ids))
        badges = badges.where(Badge.invitation_id.in_(ids))
    come_along: dict[int, list[Companion]] = {}
    for companion in db.session.scalars(companions.order_by(Companion.id)):
        come_along.setdefault(companion.invitation_id, []).append(companion)
    valid = {(badge.invitation_id, badge.companion_id): badge for badge in db.session.scalars(badges)}
    seats = db.session.scalars(select(Seat).where(Seat.event_id == event.id))
    chairs = {(seat.invitation_id, seat.companion_id): seat for seat in seats}
    people = []
    for invitation, substitute, answered_at in db.session.execute(statement.order_by(Dealer.sort_key, Invitation.id)):
        party = [None, *come_along.get(invitation.id, ())]
        for each in party:
            key = (invitation.id, each.id if each else None)
            seat, named_at = chairs.get(key), answered_at if substitute and each is None else None
            changed = [at for at in (seat.placed_at if seat else None, named_at) if at is not None]
            number = seat.number if seat else None
            people.append(
                Wearer(invitation, each, substitute or "", valid.get(key), number, max(changed, default=None))
            )
    return people


def first_ids(event: Event, number: int) -> list[int]:
    """Return so many guests who get a badge, to show what it looks like."""
    few = guests(event).order_by(Dealer.sort_key, Invitation.id).limit(number)
    return list(db.session.scalars(few.with_only_columns(Invitation.id, maintain_column_froms=True)))


def chosen(event: Event, which: Which, ids: Sequence[int] = (), order: Order = Order.NAME) -> list[Wearer]:
    """Return whose badges are to be printed, in the order of printing."""
    people = wearers(event, ids if which is Which.CHOSEN else None)
    if which is Which.MISSING:
        people = [each for each in people if not each.is_printed]
    return sorted(people, key=_by_table if order is Order.TABLE else _by_name)


def _by_name(wearer: Wearer) -> tuple[object, ...]:
    guest = wearer.invitation
    name = names.sort_key(wearer.substitute) if wearer.substitute else guest.dealer.sort_key
    return name, guest.id, wearer.companion.id if wearer.companion else 0


def _by_table(wearer: Wearer) -> tuple[object, ...]:
    """Tables count: 2 comes before 10. Guests without a table come last."""
    label = wearer.invitation.table_label
    parts = [(part.zfill(6) if part.isdecimal() else part) for part in re.split(r"(\d+)", label)]
    return not label, parts, *_by_name(wearer)


def latest_prints(event: Event, kind: str, limit: int = 4) -> list[Job]:
    """Return the newest printing jobs of an event, finished or not."""
    statement = select(Job).where(Job.event_id == event.id, Job.kind == kind).order_by(Job.id.desc()).limit(limit)
    return list(db.session.scalars(statement.options(joinedload(Job.created_by))))


def print_job(event: Event, kind: str, job_id: int) -> Job | None:
    """Return one printing job of the event, with its file."""
    statement = select(Job).where(Job.event_id == event.id, Job.kind == kind, Job.id == job_id)
    return db.session.scalar(statement.options(joinedload(Job.result_file)))
