"""The director's look at all events: who came, signed and paid against plan, and where it burns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import func, select

from app.blueprints.events.rules.head_count import FIRM_STEP, INVITED_STEP
from app.blueprints.report import queries as report
from app.blueprints.report.queries import Outcome
from app.extensions import db
from app.models import Event, GuestKind, Invitation, InvitationState

SHOWN = 6  # events with a card of their own
BURNING = 5
_ARRIVED = InvitationState.ARRIVED


class Fire(StrEnum):
    """Why an event burns."""

    NEVER_PAID = "never_paid"
    OVERDUE = "overdue"
    BELOW_TARGET = "below_target"
    NO_SHOWS = "no_shows"


@dataclass(frozen=True)
class Standing:
    """One event among all, its dealers only."""

    event: Event
    invited: int
    firm: int
    came: int
    outcome: Outcome
    is_over: bool

    @property
    def has_begun(self) -> bool:
        return self.is_over or bool(self.came)

    @property
    def fires(self) -> list[Fire]:
        """Return what burns, the worst first. An event that is not over yet has burnt nothing."""
        if not self.is_over:
            return []
        found = []
        if self.outcome.never_paid:
            found.append(Fire.NEVER_PAID)
        if self.outcome.overdue:
            found.append(Fire.OVERDUE)
        if self.outcome.signed < self.event.signing_target:
            found.append(Fire.BELOW_TARGET)
        if self.firm and (self.firm - self.came) * 4 > self.firm:
            found.append(Fire.NO_SHOWS)
        return found

    @property
    def heat(self) -> tuple[int, Decimal, int]:
        """How much it burns, to be compared: unpaid dealers first, then money, then signatures that are missing."""
        return self.outcome.never_paid, self.outcome.overdue, max(0, self.event.signing_target - self.outcome.signed)


@dataclass(frozen=True)
class Board:
    """All events of a year: sums over them, the ones nearest to today, and those that burn."""

    standings: Sequence[Standing]
    shown: Sequence[Standing]
    burning: Sequence[Standing]

    @property
    def over(self) -> int:
        return sum(each.is_over for each in self.standings)

    @property
    def came(self) -> int:
        return sum(each.came for each in self.standings)

    @property
    def firm(self) -> int:
        """Of events that are over or on: how many should have come."""
        return sum(each.firm for each in self.standings if each.has_begun)

    @property
    def signed(self) -> int:
        return sum(each.outcome.signed for each in self.standings)

    @property
    def target(self) -> int:
        return sum(each.event.signing_target for each in self.standings if each.has_begun)

    @property
    def paid(self) -> int:
        return sum(each.outcome.paid for each in self.standings)

    @property
    def got(self) -> dict[str, Decimal]:
        """Return the money at the bank by currency."""
        found: dict[str, Decimal] = {}
        for each in self.standings:
            if each.outcome.got:
                found[each.event.currency] = found.get(each.event.currency, Decimal(0)) + each.outcome.got
        return found


def board(events: Sequence[Event], now: datetime, today: date) -> Board:
    """Return how these events stand: four queries, however many there are."""
    ids = [event.id for event in events]
    states = _dealers_by_state(ids)
    outcomes = report.outcomes(ids, today)
    standings = [
        Standing(
            event=event,
            invited=sum(states.get((event.id, state), 0) for state in INVITED_STEP),
            firm=sum(states.get((event.id, state), 0) for state in FIRM_STEP),
            came=states.get((event.id, _ARRIVED), 0),
            outcome=outcomes[event.id],
            is_over=event.ends_at <= now,
        )
        for event in events
    ]
    near = sorted(standings, key=lambda each: abs((each.event.starts_at - now).total_seconds()))[:SHOWN]
    burning = sorted((each for each in standings if each.fires), key=lambda each: each.heat, reverse=True)
    return Board(standings, sorted(near, key=lambda each: each.event.starts_at, reverse=True), burning[:BURNING])


def _dealers_by_state(ids: Sequence[int]) -> dict[tuple[int, InvitationState], int]:
    rows = db.session.execute(
        select(Invitation.event_id, Invitation.state, func.count())
        .where(Invitation.event_id.in_(ids), Invitation.kind == GuestKind.DEALER)
        .group_by(Invitation.event_id, Invitation.state)
    )
    return {(event_id, state): number for event_id, state, number in rows}
