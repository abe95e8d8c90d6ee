"""What in an event needs a person now. The overview opens with it, worst first, each with its act beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app import clock
from app.blueprints.events.rules.dates import Start
from app.blueprints.events.rules.head_count import FIRM, MAXIMUM, UNANSWERED, HeadCount
from app.blueprints.events.rules.rail import MilestoneFact, late
from app.blueprints.events.rules.status import UNDER_WAY
from app.models import EventStatus, GuestKind, InvitationState, Readiness

# A round that is a little late is only the worker's minute; after this the worker is not running.
ROUND_GRACE = timedelta(minutes=15)
CLOSE_AFTER = timedelta(hours=2)
SHOWN_MILESTONES = 3


class Matter(StrEnum):
    """What is late or missing."""

    MESSAGES_FAILED = "messages_failed"
    STILL_DRAFT = "still_draft"
    VENUE_MISSING = "venue_missing"
    CONTACT_MISSING = "contact_missing"
    NO_GUESTS = "no_guests"
    NOT_INVITED = "not_invited"
    UNANSWERED = "unanswered"
    QUESTIONS_OPEN = "questions_open"
    ROUND_NOT_ASKED = "round_not_asked"
    SILENT_NOT_CALLED = "silent_not_called"
    SEATS_EXCEEDED = "seats_exceeded"
    SEATS_MAY_BE_EXCEEDED = "seats_may_be_exceeded"
    SEATS_FOR_WAITING = "seats_for_waiting"
    SIGNERS_SHORT = "signers_short"
    NO_LEAD_SIGNER = "no_lead_signer"
    BADGES_NOT_PRINTED = "badges_not_printed"
    NOT_CLOSED = "not_closed"
    MILESTONE_LATE = "milestone_late"
    MORE_MILESTONES_LATE = "more_milestones_late"


@dataclass(frozen=True)
class Facts:
    """All that the rules ask about an event."""

    now: datetime
    status: EventStatus
    start: Start
    ends_at: datetime
    venue: str
    contact_phone: str
    capacity: int
    signing_target: int
    count: HeadCount
    milestones: tuple[MilestoneFact, ...] = ()
    round_due_at: datetime | None = None
    round_was_asked: bool = False
    silent_uncalled: int = 0
    badges_unprinted: int = 0
    messages_failed: int = 0
    questions_open: int = 0

    @property
    def today(self) -> date:
        return clock.local(self.now, self.start.time_zone).date()

    @property
    def days_left(self) -> int:
        return (self.start.day - self.today).days

    @property
    def is_ahead(self) -> bool:
        return self.now < self.start.at


@dataclass(frozen=True)
class Concern:
    """One line of the list. `number` and `of` are what its sentence counts."""

    matter: Matter
    is_grave: bool
    number: int = 0
    of: int = 0
    milestone: MilestoneFact | None = None


def concerns(facts: Facts) -> list[Concern]:
    """Return what needs a person, grave things first."""
    if facts.status is EventStatus.ARCHIVED:
        return []
    found = [*_messages(facts), *_milestones(facts)]
    if facts.status is not EventStatus.CLOSED:
        if facts.is_ahead:
            found += [*_settings(facts), *_inviting(facts), *_questions(facts), *_asking_again(facts), *_signers(facts)]
        found += [*_seats(facts), *_badges(facts), *_closing(facts)]
    order = list(Matter)
    return sorted(found, key=lambda each: (not each.is_grave, order.index(each.matter)))


def _messages(facts: Facts) -> Iterator[Concern]:
    if facts.messages_failed:
        yield Concern(Matter.MESSAGES_FAILED, is_grave=True, number=facts.messages_failed)


def _milestones(facts: Facts) -> Iterator[Concern]:
    rows = late(facts.milestones, facts.today)
    for row in rows[:SHOWN_MILESTONES]:
        days = (facts.today - row.due_on).days
        yield Concern(Matter.MILESTONE_LATE, is_grave=days > 3, number=days, milestone=row)
    if len(rows) > SHOWN_MILESTONES:
        yield Concern(Matter.MORE_MILESTONES_LATE, is_grave=False, number=len(rows) - SHOWN_MILESTONES)


def _settings(facts: Facts) -> Iterator[Concern]:
    if facts.status is EventStatus.DRAFT and facts.days_left <= 30:
        yield Concern(Matter.STILL_DRAFT, is_grave=facts.days_left <= 14)
    if not facts.venue and facts.days_left <= 45:
        yield Concern(Matter.VENUE_MISSING, is_grave=facts.days_left <= 21)
    if not facts.contact_phone and (facts.status is EventStatus.OPEN or facts.days_left <= 21):
        yield Concern(Matter.CONTACT_MISSING, is_grave=False)


def _questions(facts: Facts) -> Iterator[Concern]:
    if facts.questions_open:
        yield Concern(Matter.QUESTIONS_OPEN, is_grave=False, number=facts.questions_open)


def _inviting(facts: Facts) -> Iterator[Concern]:
    if not facts.count.guests:
        if facts.days_left <= 28:
            yield Concern(Matter.NO_GUESTS, is_grave=facts.days_left <= 21)
        return
    listed = facts.count.where({InvitationState.LISTED}).guests
    if listed and facts.days_left <= 14:
        yield Concern(Matter.NOT_INVITED, is_grave=facts.days_left <= 7, number=listed)
    unanswered = facts.count.where(UNANSWERED).guests
    if unanswered and facts.days_left <= 10 and not facts.round_was_asked:
        yield Concern(Matter.UNANSWERED, is_grave=False, number=unanswered)


def _asking_again(facts: Facts) -> Iterator[Concern]:
    overdue = facts.round_due_at is not None and facts.now > facts.round_due_at + ROUND_GRACE
    if overdue and not facts.round_was_asked and facts.status in UNDER_WAY and facts.count.maximum.guests:
        yield Concern(Matter.ROUND_NOT_ASKED, is_grave=True)
    if facts.silent_uncalled:
        yield Concern(Matter.SILENT_NOT_CALLED, is_grave=facts.days_left <= 1, number=facts.silent_uncalled)


def _signers(facts: Facts) -> Iterator[Concern]:
    dealers = facts.count.where(MAXIMUM, kind=GuestKind.DEALER)
    ready = dealers.where(readiness=Readiness.READY).guests
    if facts.signing_target > ready and dealers.guests and facts.days_left <= 14:
        yield Concern(Matter.SIGNERS_SHORT, is_grave=facts.days_left <= 3, number=ready, of=facts.signing_target)
    if dealers.guests and not dealers.lead_signers and facts.days_left <= 7:
        yield Concern(Matter.NO_LEAD_SIGNER, is_grave=False)


def _seats(facts: Facts) -> Iterator[Concern]:
    firm, maximum = facts.count.firm.people, facts.count.maximum.people
    waiting = facts.count.where({InvitationState.WAITING}).guests
    taken = facts.count.where(FIRM | {InvitationState.ACCEPTED}).people
    if firm > facts.capacity:
        yield Concern(Matter.SEATS_EXCEEDED, is_grave=True, number=firm, of=facts.capacity)
    elif maximum > facts.capacity and facts.is_ahead and facts.days_left <= 14:
        yield Concern(Matter.SEATS_MAY_BE_EXCEEDED, is_grave=False, number=maximum, of=facts.capacity)
    if waiting and taken < facts.capacity:
        yield Concern(Matter.SEATS_FOR_WAITING, is_grave=False, number=waiting, of=facts.capacity - taken)


def _badges(facts: Facts) -> Iterator[Concern]:
    if facts.badges_unprinted and facts.days_left <= 1 and facts.now < facts.ends_at:
        yield Concern(Matter.BADGES_NOT_PRINTED, is_grave=True, number=facts.badges_unprinted)


def _closing(facts: Facts) -> Iterator[Concern]:
    if facts.status in UNDER_WAY and facts.now > facts.ends_at + CLOSE_AFTER:
        yield Concern(Matter.NOT_CLOSED, is_grave=False)
