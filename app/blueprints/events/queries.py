"""What comes back about events. Every figure about guests comes from `head_count`, on whatever page it stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app import clock
from app.blueprints.events.rules.attention import Facts
from app.blueprints.events.rules.dates import Start, round_due_at
from app.blueprints.events.rules.head_count import FIRM, INVITED_STEP, Cell, HeadCount
from app.blueprints.events.rules.rail import MilestoneFact
from app.blueprints.events.rules.status import Standing
from app.extensions import db
from app.models import (
    Badge,
    Call,
    Companion,
    Dealer,
    Event,
    Invitation,
    InvitationState,
    JournalEntry,
    Message,
    MessageState,
    Milestone,
    Reply,
    Round,
    User,
)
from app.names import search_patterns


def head_count(event: Event) -> HeadCount:
    """Return the event's guests counted by state, kind, readiness and rep, with their companions: one query."""
    brought = (
        select(Companion.invitation_id, func.count().label("number"))
        .join(Invitation, Invitation.id == Companion.invitation_id)
        .where(Invitation.event_id == event.id)
        .group_by(Companion.invitation_id)
        .subquery()
    )
    alike = (Invitation.state, Invitation.kind, Invitation.readiness, Invitation.rep_id)
    named = func.coalesce(brought.c.number, 0)
    may_bring_more = and_(Reply.id.is_(None), Invitation.companions_allowed > named)
    rows = db.session.execute(
        select(
            *alike,
            func.count(),
            func.sum(named),
            func.sum(case((Invitation.is_lead_signer, 1), else_=0)),
            func.sum(case((may_bring_more, Invitation.companions_allowed), else_=named)),
        )
        .outerjoin(brought, brought.c.invitation_id == Invitation.id)
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id)
        .group_by(*alike)
    )
    # PostgreSQL sums whole numbers up to decimals.
    return HeadCount(tuple(Cell(*row[:4], *map(int, row[4:])) for row in rows))


def firm_of_events() -> dict[int, tuple[int, int]]:
    """Return, by event, how many guests are on its list and how many of them are firm."""
    rows = db.session.execute(
        select(
            Invitation.event_id,
            func.count(),
            func.sum(case((Invitation.state.in_(FIRM), 1), else_=0)),
        ).group_by(Invitation.event_id)
    )
    return {event_id: (guests, int(firm)) for event_id, guests, firm in rows}


def events(ids: Collection[int] | None = None) -> Select[Event]:
    """Return all events, or those of them with these ids."""
    return select(Event) if ids is None else select(Event).where(Event.id.in_(ids))


def matching(typed: str) -> ColumnElement[bool]:
    """Return the condition that an event fits what was typed: name, theme, place, or its address, which is pinyin."""
    spelled = func.replace(Event.slug, "-", "")
    conditions = []
    for pattern in search_patterns(typed) or ["%"]:
        anywhere = f"%{pattern.strip('% ')}%"
        texts = (Event.name, Event.theme, Event.venue, Event.venue_address, Event.organizer)
        conditions.append(or_(*(func.lower(text).like(anywhere) for text in texts), spelled.like(anywhere)))
    return and_(*conditions)


def taken_slugs(beginning: str) -> set[str]:
    return set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(beginning, autoescape=True))))


def slug_owner(slug: str) -> int | None:
    """Return the id of the event at this address."""
    return db.session.scalar(select(Event.id).where(Event.slug == slug))


def milestones(event: Event) -> list[Milestone]:
    """Return the event's milestones, next due first."""
    return list(
        db.session.scalars(
            select(Milestone)
            .where(Milestone.event_id == event.id)
            .options(joinedload(Milestone.owner))
            .order_by(Milestone.due_on, Milestone.id)
        )
    )


def milestone(event: Event, milestone_id: int) -> Milestone | None:
    """Return one milestone of this event."""
    return db.session.scalar(select(Milestone).where(Milestone.event_id == event.id, Milestone.id == milestone_id))


def standing(event: Event) -> Standing:
    """Return what the next step of the event's status depends on."""
    invited, arrived = db.session.execute(
        select(
            func.count().filter(Invitation.state.in_(INVITED_STEP)),
            func.count().filter(Invitation.state == InvitationState.ARRIVED),
        ).where(Invitation.event_id == event.id)
    ).one()
    return Standing(clock.now(), event.starts_at, invited, arrived)


def start_of(event: Event) -> Start:
    return Start(event.starts_at, event.time_zone)


@dataclass(frozen=True)
class _Situation:
    """What the rules ask of tables besides the guest list."""

    silent_uncalled: int
    badges_unprinted: int
    messages_failed: int
    rounds: int  # asked for the date the event has now
    questions_open: int


def _asked_about_this_day(event: Event) -> ColumnElement[bool]:
    """A round counts for the day of the event: moving the event by hours asks nobody again."""
    midnight = datetime.min.time()
    first = clock.instant(event.local_start.date(), midnight, event.time_zone)
    after = clock.instant(event.local_start.date() + timedelta(days=1), midnight, event.time_zone)
    return and_(Round.event_id == event.id, Round.event_starts_at >= first, Round.event_starts_at < after)


def _situation(event: Event, rep_id: int | None) -> _Situation:
    """Count it all with one query."""
    of_event = Invitation.event_id == event.id
    if rep_id is not None:
        of_event = and_(of_event, Invitation.rep_id == rep_id)
    printed = and_(Badge.invitation_id == Invitation.id, Badge.revoked_at.is_(None), Badge.printed_at.is_not(None))
    counts = (
        select(func.count()).where(
            of_event,
            Invitation.state == InvitationState.SILENT,
            ~exists().where(Call.invitation_id == Invitation.id),
        ),
        select(func.count()).where(
            of_event,
            Invitation.state.in_((InvitationState.FIRM, InvitationState.SUBSTITUTE)),
            ~exists().where(printed, Badge.companion_id.is_(None)),
        ),
        select(func.count()).where(
            Message.event_id == event.id, Message.state.in_((MessageState.FAILED, MessageState.UNCERTAIN))
        ),
        select(func.count()).where(_asked_about_this_day(event)),
        select(func.count())
        .select_from(Reply)
        .join(Invitation, Invitation.id == Reply.invitation_id)
        .where(of_event, Reply.question != "", Reply.question_answered_at.is_(None)),
    )
    return _Situation(*db.session.execute(select(*(each.scalar_subquery() for each in counts))).one())


def facts(event: Event, count: HeadCount, rows: Collection[Milestone], rep_id: int | None = None) -> Facts:
    """Gather what the rules ask, beside what the page has loaded already: one query. With `rep_id` of their guests."""
    found = _situation(event, rep_id)
    start = start_of(event)
    return Facts(
        now=clock.now(),
        status=event.status,
        start=start,
        ends_at=event.ends_at,
        venue=event.venue,
        contact_phone=event.contact_phone,
        capacity=event.capacity,
        signing_target=event.signing_target,
        count=count,
        milestones=tuple(
            MilestoneFact(r.id, r.stage, r.title, r.due_on, r.done_at is not None, r.owner_id) for r in rows
        ),
        round_due_at=round_due_at(start, event.reconfirm_days_before, event.reconfirm_at),
        round_was_asked=bool(found.rounds),
        silent_uncalled=found.silent_uncalled,
        badges_unprinted=found.badges_unprinted,
        messages_failed=found.messages_failed,
        questions_open=found.questions_open,
    )


def round_was_asked(event: Event) -> bool:
    """Tell whether guests have been asked again for the date the event has now."""
    asked = exists().where(_asked_about_this_day(event))
    return bool(db.session.scalar(select(asked)))


@dataclass(frozen=True)
class DayCount:
    """How many guests answered on one calendar day of the event's zone."""

    day: date
    answers: int


def answers_by_day(event: Event, last: datetime, days: int = 21, rep_id: int | None = None) -> list[DayCount]:
    """Return how many guests answered on each day up to the one of `last`.

    The days are those of the event's zone, so their bounds are worked out here and the database only compares.
    """
    final = clock.local(last, event.time_zone).date()
    shown = [final - timedelta(days=back) for back in reversed(range(days))]
    bounds = [clock.instant(day, datetime.min.time(), event.time_zone) for day in [*shown, final + timedelta(days=1)]]
    place = case(*((Reply.answered_at < bound, index) for index, bound in enumerate(bounds[1:])))
    statement = (
        select(place.label("place"), func.count())
        .join(Invitation, Invitation.id == Reply.invitation_id)
        .where(Invitation.event_id == event.id, Reply.answered_at >= bounds[0], Reply.answered_at < bounds[-1])
        .group_by("place")
    )
    if rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    counts: dict[int, int] = {row[0]: row[1] for row in db.session.execute(statement)}
    return [DayCount(day, counts.get(index, 0)) for index, day in enumerate(shown)]


def guests_by_city(event: Event, rep_id: int | None = None) -> list[tuple[str, int]]:
    """Return the cities guests come from with how many, most first; the empty name is "not known"."""
    number = func.count()
    statement = (
        select(Dealer.city, number)
        .join(Invitation, Invitation.dealer_id == Dealer.id)
        .where(Invitation.event_id == event.id)
        .group_by(Dealer.city)
        .order_by(number.desc(), Dealer.city)
    )
    if rep_id is not None:
        statement = statement.where(Invitation.rep_id == rep_id)
    return [(city, guests) for city, guests in db.session.execute(statement)]


def history(event: Event, limit: int = 12) -> list[JournalEntry]:
    """Return what was done to the event itself and its milestones, newest first."""
    return list(
        db.session.scalars(
            select(JournalEntry)
            .where(JournalEntry.event_id == event.id, JournalEntry.subject_kind.in_(("events", "milestones")))
            .order_by(JournalEntry.id.desc())
            .limit(limit)
        )
    )


def names_of(user_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these people."""
    if not user_ids:
        return {}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids))).all())


def people() -> list[tuple[int, str]]:
    """Return everybody with an account in use, as (id, name)."""
    rows = db.session.execute(select(User.id, User.name).where(User.is_active).order_by(User.name, User.id))
    return [(user_id, name) for user_id, name in rows]
