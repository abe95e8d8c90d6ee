"""The rooming list as it stands against what the replies say by now; nothing of what is wrong is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from app.blueprints.seating import queries as seating
from app.blueprints.travel import queries
from app.blueprints.travel.rules import block as block_rules
from app.blueprints.travel.rules.sharing import SLEEP_IN, Proposal, Sleeper, proposed
from app.blueprints.travel.who import Traveller
from app.models import Event, Room, RoomBlock, RoomGuest, RoomWish

Key = tuple[int, int]  # invitation, companion (0: the guest)


class RoomTrouble(StrEnum):
    """One thing a person has to see to about a room, the gravest first."""

    TOO_MANY = "too_many"  # more people than beds
    RIVALS = "rivals"  # they must not sit at one table, still less share a room
    NOT_COMING = "not_coming"
    NO_NIGHTS = "no_nights"  # the reply no longer asks for a room
    ALONE_WISHED = "alone_wished"  # one of them wants a room alone
    OTHER_NIGHTS = "other_nights"  # they share, but not the same nights
    EMPTY = "empty"


@dataclass(frozen=True)
class Rooming:
    """Who sleeps where, and who has no room yet."""

    event: Event
    guests: dict[int, Traveller]
    rooms: list[Room]
    blocks: list[RoomBlock]
    rivals: frozenset[frozenset[int]]

    @cached_property
    def has_room(self) -> dict[Key, RoomGuest]:
        return {(each.invitation_id, each.companion_id or 0): each for room in self.rooms for each in room.guests}

    @cached_property
    def sleepers(self) -> list[Sleeper]:
        """Return everybody who needs a bed, in the order of the guests' names."""
        found = []
        for guest in self.guests.values():
            if guest.stays and guest.hotel_from:
                who = [None, *(companion_id for companion_id, _name in guest.companions)]
                stay = (guest.hotel_from, guest.hotel_nights, guest.room_wish, guest.shares_with_id)
                found += [Sleeper(guest.id, companion_id, *stay) for companion_id in who]
        return found

    @property
    def waiting(self) -> list[Sleeper]:
        return [each for each in self.sleepers if each.key not in self.has_room]

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Return rooms for whoever has none."""
        return proposed(self.waiting, self.rivals)

    def name(self, sleeper: Sleeper | RoomGuest) -> str:
        guest = self.guests[sleeper.invitation_id]
        return dict(guest.companions).get(sleeper.companion_id or 0, guest.name)

    def span(self, room: Room) -> tuple[date, int] | None:
        """Return from when and how many nights a room is needed: from the first who comes to the last who goes."""
        stays = [
            (guest.hotel_from, guest.hotel_nights)
            for guest in (self.guests[each.invitation_id] for each in room.guests)
            if guest.stays and guest.hotel_from
        ]
        if not stays:
            return None
        first = min(start for start, _nights in stays)
        last = max(start + timedelta(days=nights) for start, nights in stays)
        return first, (last - first).days

    @cached_property
    def nights(self) -> list[block_rules.Night]:
        """Return rooms needed and kept by night: those on the list, and as proposed those still to be made."""
        stays = [block_rules.Stay(*span) for room in self.rooms if (span := self.span(room))]
        for room in self.proposals:
            first = min(each.first_on for each in room.sleepers)
            stays.append(block_rules.Stay(first, (max(each.until for each in room.sleepers) - first).days))
        return block_rules.by_night(stays, (self.kept(each) for each in self.blocks))

    def kept(self, block: RoomBlock) -> block_rules.Block:
        """Return a block without what was given back."""
        given_back = sum(each.given_back or 0 for each in block.releases)
        return block_rules.Block(block.id, block.first_on, block.nights, max(0, block.rooms - given_back))

    def can_go_back(self, block: RoomBlock, at_most: int) -> int:
        return block_rules.can_go_back(self.kept(block), self.nights, at_most)

    @cached_property
    def troubles(self) -> dict[int, list[RoomTrouble]]:
        """Return what is wrong with each room, by room, the gravest first."""
        order = list(RoomTrouble)
        found = {room.id: sorted(set(self._of_room(room)), key=order.index) for room in self.rooms}
        return {room_id: troubles for room_id, troubles in found.items() if troubles}

    def _of_room(self, room: Room) -> Iterable[RoomTrouble]:
        guests = [self.guests[each.invitation_id] for each in room.guests]
        if not guests:
            yield RoomTrouble.EMPTY
        if len(guests) > SLEEP_IN[room.kind]:
            yield RoomTrouble.TOO_MANY
        for guest in guests:
            if not guest.comes:
                yield RoomTrouble.NOT_COMING
            elif not guest.stays:
                yield RoomTrouble.NO_NIGHTS
        yield from self._of_sharing(guests)

    def _of_sharing(self, guests: list[Traveller]) -> Iterable[RoomTrouble]:
        parties = {each.id: each for each in guests}
        if len(parties) < 2:
            return
        if any(frozenset(pair) in self.rivals for pair in combinations(parties, 2)):
            yield RoomTrouble.RIVALS
        if any(each.room_wish is RoomWish.SINGLE for each in guests):
            yield RoomTrouble.ALONE_WISHED
        if len({(each.hotel_from, each.hotel_nights) for each in guests if each.stays}) > 1:
            yield RoomTrouble.OTHER_NIGHTS


def rooming(event: Event) -> Rooming:
    """Read everything about the rooms of an event; who are rivals is what the seating says."""
    pairs = frozenset(frozenset((each.one, each.other)) for each in seating.situation(event).foes)
    return Rooming(event, queries.travellers(event), queries.rooms(event), queries.blocks(event), pairs)
