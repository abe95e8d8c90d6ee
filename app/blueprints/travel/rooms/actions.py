"""Making rooms of proposals or by hand, and what hotels keep for us. No verb commits."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app import clock, journal
from app.blueprints.travel.errors import NoRoomWanted, RoomFull, TooManyGivenBack
from app.blueprints.travel.rooms.situation import Rooming
from app.blueprints.travel.rules.sharing import SLEEP_IN, Proposal, Sleeper
from app.extensions import db
from app.models import BlockRelease, Event, Room, RoomBlock, RoomGuest


def take_up(event: Event, proposals: Iterable[Proposal]) -> int:
    """Make rooms as proposed; return how many."""
    made = 0
    for proposal in proposals:
        room = Room(event_id=event.id, kind=proposal.kind)
        room.guests = [
            RoomGuest(invitation_id=each.invitation_id, companion_id=each.companion_id) for each in proposal.sleepers
        ]
        db.session.add(room)
        made += 1
    if made:
        journal.record("rooms.taken_up", event, event_id=event.id, changes={"rooms": [None, made]})
    db.session.flush()
    return made


def save_room(event: Event, room: Room | None = None, **values: Any) -> Room:
    """Add an empty room, or change one. Raises RoomFull when fewer beds are left than people sleep there."""
    code = "room.edited" if room else "room.added"
    room = room or Room(event_id=event.id)
    for name, value in values.items():
        setattr(room, name, value)
    if len(room.guests) > SLEEP_IN[room.kind]:
        raise RoomFull
    room.is_by_hand = True
    db.session.add(room)
    journal.record(code, room, event_id=event.id)
    db.session.flush()
    return room


def remove_room(room: Room) -> None:
    """Take a room off the list; whoever slept there waits for another one."""
    changes = {"number": [room.number, None], "people": [len(room.guests), None]}
    journal.record("room.removed", room, changes=changes)
    db.session.delete(room)
    db.session.flush()


def sleep_in(now: Rooming, room: Room, sleeper: Sleeper) -> None:
    """Put somebody into a room, out of whichever they were in. Raises NoRoomWanted or RoomFull."""
    if sleeper.key not in {each.key for each in now.sleepers}:
        raise NoRoomWanted(name=now.name(sleeper))
    known = now.has_room.get(sleeper.key)
    if known is not None and known.room_id == room.id:
        return
    if len(room.guests) >= SLEEP_IN[room.kind]:
        raise RoomFull
    before = known.room_id if known else None
    if known is not None:
        db.session.delete(known)
        db.session.flush()
    room.guests.append(RoomGuest(invitation_id=sleeper.invitation_id, companion_id=sleeper.companion_id))
    room.is_by_hand = True
    journal.record("room.slept_in", room, changes={"room": [before, room.id]})
    db.session.flush()


def move_out(room: Room, guest: RoomGuest) -> None:
    """Take somebody out of a room; an empty room stays on the list and says so."""
    journal.record("room.moved_out", room, changes={"people": [len(room.guests), len(room.guests) - 1]})
    room.guests.remove(guest)
    db.session.flush()


def tidy(now: Rooming) -> int:
    """Take out whoever no longer needs a bed, and rooms nobody is left in; return how many people that is."""
    needed = {each.key for each in now.sleepers}
    gone = [each for key, each in now.has_room.items() if key not in needed]
    for each in gone:
        each.room.guests.remove(each)
    for room in [each for each in now.rooms if not each.guests]:
        db.session.delete(room)
    if gone:
        changes = {"people": [len(gone), None]}
        journal.record("rooms.tidied", now.event, event_id=now.event.id, changes=changes)
    db.session.flush()
    return len(gone)


def save_block(event: Event, block: RoomBlock | None, releases: Sequence[tuple[date, int]], **values: Any) -> RoomBlock:
    """Note what a hotel keeps, or change it. Releases are (until when, how many rooms); those decided stay."""
    code = "block.edited" if block else "block.added"
    block = block or RoomBlock(event_id=event.id)
    for name, value in values.items():
        setattr(block, name, value)
    wanted = dict(releases)
    for known in list(block.releases):
        if known.due_on in wanted:
            known.rooms = wanted.pop(known.due_on)
        elif known.decided_at is None:
            block.releases.remove(known)
    block.releases += [BlockRelease(due_on=due_on, rooms=rooms) for due_on, rooms in sorted(wanted.items())]
    db.session.add(block)
    journal.record(code, block, event_id=event.id)
    db.session.flush()
    return block


def remove_block(block: RoomBlock) -> None:
    """Forget a block; rooms that lay in it stay on the list."""
    journal.record("block.removed", block, changes={"hotel": [block.hotel, None], "rooms": [block.rooms, None]})
    for room in db.session.scalars(select(Room).where(Room.block_id == block.id)):
        room.block_id = None
    db.session.delete(block)
    db.session.flush()


def give_back(release: BlockRelease, rooms: int, *, by_id: int | None) -> None:
    """Note how many rooms were given back by a release date; none is a decision, too. Raises TooManyGivenBack."""
    if rooms > release.rooms:
        raise TooManyGivenBack(rooms=release.rooms)
    before = release.given_back
    release.given_back, release.decided_at, release.decided_by_id = rooms, clock.now(), by_id
    journal.record("block.given_back", release.block, changes={"given_back": [before, rooms]})
    db.session.flush()
