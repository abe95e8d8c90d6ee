"""Counting heads. Three queries, however large the event is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import case, func, select

from app.blueprints.events.rules.head_count import FIRM, MAXIMUM
from app.blueprints.rsvp.headcount.rules import History, ThreeWays, likelihood, rounded_to_sum
from app.blueprints.rsvp.seats.queries import companions_of_each
from app.extensions import db
from app.models import Answer, Event, EventStatus, GuestKind, Invitation, InvitationState, Readiness, Reply, User

_ACCEPTED_ONCE = frozenset(
    {
        InvitationState.ACCEPTED,
        InvitationState.FIRM,
        InvitationState.SUBSTITUTE,
        InvitationState.SILENT,
        InvitationState.DECLINED_LATE,
        InvitationState.ARRIVED,
        InvitationState.NO_SHOW,
    }
)


@dataclass(frozen=True)
class Party:
    """A guest with companions, as far as counting needs to know."""

    invitation_id: int
    dealer_id: int
    state: InvitationState
    kind: GuestKind
    readiness: Readiness
    rep_id: int | None
    companions: int
    companions_allowed: int
    answer: Answer | None
    hotel_nights: int
    pickup: bool
    likelihood: float = 0.0

    @property
    def people(self) -> ThreeWays:
        """The guest and the companions named so far; at most, who has not answered brings all that are allowed."""
        named = self.companions
        most = named if self.answer is not None else max(named, self.companions_allowed)
        return replace(self.times(1 + named), maximum=1 + most)

    def times(self, amount: int) -> ThreeWays:
        """Return what this party needs, so many seats, rooms or nights, three ways."""
        return ThreeWays(amount if self.state in FIRM else 0, self.likelihood * amount, amount)


@dataclass(frozen=True)
class Share:
    """The head count of one kind or one rep. `likely` is whole, and all shares add up to the total."""

    key: str
    name: str
    count: ThreeWays


@dataclass(frozen=True)
class HeadCount:
    """How many come, three ways, and what follows."""

    capacity: int
    parties: int
    total: ThreeWays
    by_kind: list[Share]
    by_rep: list[Share]
    meals: ThreeWays
    rooms: ThreeWays
    room_nights: ThreeWays
    pickups: ThreeWays
    bags: ThreeWays
    badges: ThreeWays

    @property
    def seats(self) -> ThreeWays:
        return self.total


def parties(event: Event) -> list[Party]:
    """Return everybody who may still come, with how likely that is."""
    rows = db.session.execute(
        select(
            Invitation.id,
            Invitation.dealer_id,
            Invitation.state,
            Invitation.kind,
            Invitation.readiness,
            Invitation.rep_id,
            companions_of_each(),
            Invitation.companions_allowed,
            Reply.answer,
            func.coalesce(Reply.hotel_nights, 0),
            func.coalesce(Reply.pickup_wanted, False),
        )
        .outerjoin(Reply, Reply.invitation_id == Invitation.id)
        .where(Invitation.event_id == event.id, Invitation.state.in_(MAXIMUM))
        .order_by(Invitation.id)
    )
    past = histories(event)
    return [_with_likelihood(Party(*row), past) for row in rows]


def _with_likelihood(party: Party, past: dict[int, History]) -> Party:
    chance = likelihood(party.state, party.answer, party.readiness, party.kind, past.get(party.dealer_id))
    return replace(party, likelihood=chance)


def histories(event: Event) -> dict[int, History]:
    """Return what this event's dealers did at earlier events that are closed, by dealer."""
    here = select(Invitation.dealer_id).where(Invitation.event_id == event.id)
    came = func.sum(case((Invitation.state == InvitationState.ARRIVED, 1), else_=0))
    rows = db.session.execute(
        select(Invitation.dealer_id, func.count(), came)
        .join(Event, Event.id == Invitation.event_id)
        .where(
            Event.id != event.id,
            Event.starts_at < event.starts_at,
            Event.status.in_({EventStatus.CLOSED, EventStatus.ARCHIVED}),
            Invitation.state.in_(_ACCEPTED_ONCE),
            Invitation.dealer_id.in_(here),
        )
        .group_by(Invitation.dealer_id)
    )
    return {row[0]: History(accepted=row[1], came=int(row[2])) for row in rows}


def head_count_three_ways(event: Event, rep_id: int | None = None) -> HeadCount:
    """Return the head count of an event; with `rep_id` only of that rep's guests."""
    counted = [each for each in parties(event) if rep_id is None or each.rep_id == rep_id]
    names = {row[0]: row[1] for row in db.session.execute(select(User.id, User.name))}
    total = _whole([_sum(each.people for each in counted)])[0]
    return HeadCount(
        capacity=event.capacity,
        parties=len(counted),
        total=total,
        by_kind=_shares((each.kind.value, each.kind.value, each.people) for each in counted),
        by_rep=_shares((str(each.rep_id or "none"), names.get(each.rep_id or 0, ""), each.people) for each in counted),
        meals=total,
        rooms=_whole([_sum(each.times(1) for each in counted if each.hotel_nights)])[0],
        room_nights=_whole([_sum(each.times(each.hotel_nights) for each in counted)])[0],
        pickups=_whole([_sum(each.times(1) for each in counted if each.pickup)])[0],
        bags=total.with_spare(event.spare_percent),
        badges=total.with_spare(event.spare_percent),
    )


def _sum(figures: Iterable[ThreeWays]) -> ThreeWays:
    return sum(figures, ThreeWays())


def _whole(figures: list[ThreeWays]) -> list[ThreeWays]:
    likely = rounded_to_sum([each.likely for each in figures])
    return [ThreeWays(each.firm, chance, each.maximum) for each, chance in zip(figures, likely, strict=True)]


def _shares(rows: Iterable[tuple[str, str, ThreeWays]]) -> list[Share]:
    """Group and sum, the largest first."""
    sums: dict[tuple[str, str], ThreeWays] = {}
    for key, name, people in rows:
        sums[key, name] = sums.get((key, name), ThreeWays()) + people
    counts = _whole(list(sums.values()))
    shares = [Share(key, name, count) for (key, name), count in zip(sums, counts, strict=True)]
    return sorted(shares, key=lambda share: (-share.count.likely, -share.count.maximum, share.name))
