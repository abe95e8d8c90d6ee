"""The seating as it stands, as plain values: who comes, who sits where, and the problem that the rules look at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from app import clock
from app.blueprints.invitations.rules import SEATED
from app.blueprints.seating.rules.checks import Thing
from app.blueprints.seating.rules.facts import STANDARD_WEIGHTS, Foes, Party, Place, Problem, Table, Wish
from app.models import (
    Event,
    GuestKind,
    GuestMark,
    HallItem,
    HallPlan,
    InvitationState,
    ItemKind,
    Readiness,
    Seat,
    Standing,
)

HONOURED = frozenset({GuestKind.GOVERNMENT, GuestKind.ASSOCIATION, GuestKind.EXPERT})


class Keep(StrEnum):
    """Whose seats a solving leaves alone."""

    LOCKED = "locked"
    BY_HAND = "by_hand"  # and whom somebody put there
    ARRIVED = "arrived"  # and whoever is in the hall already
    SEATED = "seated"  # everybody who has a seat


@dataclass(frozen=True)
class Guest:
    """Somebody who is or was to be seated, with companions as (id, name)."""

    companions: tuple[tuple[int, str], ...]
    mark: GuestMark | None
    id: int
    name: str
    company: str
    firm: str
    dealer_id: int
    city: str
    kind: GuestKind
    readiness: Readiness
    standing: Standing
    state: InvitationState
    rep_id: int | None
    rep: str
    sort_key: str

    @property
    def is_dealer(self) -> bool:
        return self.kind is GuestKind.DEALER

    @property
    def is_vip(self) -> bool:
        marked = self.mark.is_vip if self.mark else None
        return self.kind in HONOURED if marked is None else marked

    @property
    def is_content(self) -> bool:
        """A dealer of ours already, unless the hall lead says that this one does not speak well of us."""
        marked = self.mark.is_content if self.mark else None
        return self.is_dealer and (self.standing is Standing.SIGNED if marked is None else marked)

    @property
    def is_here(self) -> bool:
        return self.state is InvitationState.ARRIVED

    @property
    def stays_away(self) -> bool:
        """Given up on the day, and has not come after all."""
        return not self.is_here and self.mark is not None and self.mark.stays_away_at is not None

    @property
    def comes(self) -> bool:
        return self.state in SEATED and not self.stays_away

    @property
    def people(self) -> tuple[tuple[int | None, str], ...]:
        """The guest and the companions as (companion or None, name)."""
        return ((None, self.name), *self.companions)

    @property
    def party(self) -> Party:
        return Party(
            self.id,
            1 + len(self.companions),
            self.kind,
            self.readiness if self.is_dealer else None,
            self.is_content,
            self.is_vip,
            self.rep_id,
        )


@dataclass(frozen=True)
class Situation:
    """Everything the pages, the search and the prints need of one event's seating."""

    event: Event
    plan: HallPlan | None
    items: Sequence[HallItem]
    guests: Mapping[int, Guest]
    seats: Sequence[Seat]
    foes: Sequence[Foes]

    @cached_property
    def tables(self) -> list[HallItem]:
        return [each for each in self.items if each.seats]

    @cached_property
    def coming(self) -> list[Guest]:
        return [each for each in self.guests.values() if each.comes]

    @cached_property
    def valid(self) -> list[Seat]:
        """The seats of people who come."""
        return [each for each in self.seats if self.guests[each.invitation_id].comes]

    @cached_property
    def stale(self) -> list[Seat]:
        """The seats of people who have withdrawn since."""
        return [each for each in self.seats if not self.guests[each.invitation_id].comes]

    @cached_property
    def by_guest(self) -> dict[int, list[Seat]]:
        """The seats of each party that comes, the guest's first."""
        found: dict[int, list[Seat]] = defaultdict(list)
        for each in sorted(self.valid, key=lambda seat: (seat.companion_id is not None, seat.companion_id or 0)):
            found[each.invitation_id].append(each)
        return found

    @cached_property
    def chairs(self) -> dict[int, dict[int, Seat]]:
        """By table and number who sits there."""
        found: dict[int, dict[int, Seat]] = defaultdict(dict)
        for each in self.valid:
            found[each.item_id][each.number] = each
        return found

    @cached_property
    def unseated(self) -> list[Guest]:
        """Whoever comes and has no seat, or a companion without one."""
        return [each for each in self.coming if len(self.by_guest.get(each.id, ())) < len(each.people)]

    @cached_property
    def absent(self) -> list[Guest]:
        """Whoever has a seat and has not come though the event has begun."""
        if clock.now() < self.event.starts_at:
            return []
        return [self.guests[each] for each in self.by_guest if not self.guests[each].is_here]

    @cached_property
    def people(self) -> int:
        return sum(len(each.people) for each in self.coming)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where parties sit now; one whose companions sit elsewhere counts with the guest's table only."""
        return tuple(_place(seats) for seats in self.by_guest.values() if seats[0].companion_id is None)

    def problem(self, keep: Keep = Keep.SEATED) -> Problem:
        """Return what is to be solved when the seats of `keep` stay. Whoever is fixed counts with the chairs held."""
        fixed = {each.party_id: each for each in self.places if self._stays(each, keep)}
        parties = [each.party for each in sorted(self.coming, key=lambda guest: guest.id)]
        return Problem(
            tuple(replace(each, size=len(fixed[each.id].chairs)) if each.id in fixed else each for each in parties),
            tuple(_table(each) for each in self.tables),
            tuple(self.foes),
            tuple(fixed.values()),
            self.weights,
            self.plan.reach if self.plan else 600,
            self.plan.seed if self.plan else 1,
        )

    @property
    def weights(self) -> dict[Wish, int]:
        given = self.plan.weights if self.plan else {}
        return {wish: int(given.get(wish.value, standard)) for wish, standard in STANDARD_WEIGHTS.items()}

    def _stays(self, place: Place, keep: Keep) -> bool:
        guest, seats = self.guests[place.party_id], self.by_guest[place.party_id]
        if any(each.is_locked for each in seats):
            return True
        if len(place.chairs) < len(guest.people):
            return False  # a companion has no seat beside them yet
        return {
            Keep.LOCKED: False,
            Keep.BY_HAND: seats[0].is_by_hand,
            Keep.ARRIVED: seats[0].is_by_hand or guest.is_here,
            Keep.SEATED: True,
        }[keep]

    @property
    def things(self) -> list[Thing]:
        return [Thing(i.id, i.kind, i.x, i.y, i.width, i.depth, i.seats) for i in self.items]


def _place(seats: Sequence[Seat]) -> Place:
    here = [each for each in seats if each.item_id == seats[0].item_id]
    return Place(seats[0].invitation_id, seats[0].item_id, tuple(each.number - 1 for each in here))


def _table(item: HallItem) -> Table:
    return Table(
        item.id,
        item.label,
        item.seats,
        item.kind is not ItemKind.ROW,
        item.is_vip,
        item.host_id,
        item.x + item.width // 2,
        item.y + item.depth // 2,
    )
