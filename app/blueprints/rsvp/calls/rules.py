"""Whom to call first, and when people like to be called. `docs/replies.md` tells the formula."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from app import clock
from app.models import GuestKind, Readiness

# What a dealer's coming is worth against a sure signature of the same amount.
WORTH = {Readiness.READY: 1.0, Readiness.LEANING: 0.6, Readiness.WAVERING: 0.3, Readiness.PROSPECT: 0.1}
WORTH_OF_OTHERS = 0.5  # experts, press, officials: they sign nothing, and an empty rostrum is seen by all
LEAD_SIGNER = 1.5  # others follow
MIDNIGHT = time(0)
USUAL_AMOUNT = Decimal(100_000)


class Hour(StrEnum):
    """How good an hour is for calling."""

    GOOD = "good"
    BY_CONSENT = "by_consent"  # noon: only somebody who has agreed to it
    POOR = "poor"


GOOD_HOURS = (
    (time(10), time(11), Hour.GOOD),
    (time(12), time(13), Hour.BY_CONSENT),
    (time(15), time(17), Hour.GOOD),
)


def hour_at(at: datetime, time_zone: str) -> Hour:
    """Return how good an instant is for calling somebody in that zone."""
    wall = clock.local(at, time_zone).time()
    return next((hour for start, end, hour in GOOD_HOURS if start <= wall < end), Hour.POOR)


def ends_at(at: datetime, time_zone: str) -> datetime | None:
    """Return when the present good hour ends, or None outside of one."""
    local = clock.local(at, time_zone)
    for start, end, _ in GOOD_HOURS:
        if start <= local.time() < end:
            return clock.instant(local.date(), end, time_zone)
    return None


def next_good_hour(after: datetime, time_zone: str) -> datetime:
    """Return the next beginning of a good hour later than an instant; noon is not offered, it wants consent."""
    local = clock.local(after, time_zone)
    for days in range(3):
        for start, _, hour in GOOD_HOURS:
            begins = clock.instant(local.date() + timedelta(days=days), start, time_zone)
            if hour is Hour.GOOD and begins > after:
                return begins
    raise AssertionError("every day has a good hour")


def suggestions(now: datetime, time_zone: str, until: datetime) -> list[datetime]:
    """Return times to offer for calling back, before `until`: in an hour, and the next two good hours."""
    in_an_hour = now.replace(second=0, microsecond=0) + timedelta(hours=1)
    soon = next_good_hour(now, time_zone)
    offered = sorted({in_an_hour, soon, next_good_hour(soon, time_zone)})
    return [moment for moment in offered if moment < until]


def doubt(likelihood: float) -> float:
    """Return how open it is whether somebody comes: 0 for a sure yes or no, 1 at even odds."""
    return 4 * likelihood * (1 - likelihood)


def value(kind: GuestKind, readiness: Readiness, expected: Decimal | None, *, is_lead: bool) -> float:
    """Return what a guest's coming is worth, in the event's currency."""
    amount = float(USUAL_AMOUNT if expected is None else expected)
    worth = WORTH[readiness] if kind is GuestKind.DEALER else WORTH_OF_OTHERS
    return amount * worth * (LEAD_SIGNER if is_lead else 1.0)


@dataclass(frozen=True)
class Place:
    """What decides a guest's place on the call list."""

    invitation_id: int
    score: float  # value × doubt
    next_call_at: datetime | None = None
    needs_number: bool = False  # the last call reached a stranger, or there is no number at all


def in_order(places: list[Place], now: datetime) -> list[Place]:
    """Return the list in calling order.

    Calls promised for a time that has come lead, the longest due first; then value × doubt; then what is promised
    for later, the nearest first; last those who need a new number.
    """

    def key(place: Place) -> tuple[int, float, float, int]:
        due = place.next_call_at
        if place.needs_number:
            return (3, 0.0, -place.score, place.invitation_id)
        if due is None:
            return (1, 0.0, -place.score, place.invitation_id)
        return (0 if due <= now else 2, due.timestamp(), -place.score, place.invitation_id)

    return sorted(places, key=key)
