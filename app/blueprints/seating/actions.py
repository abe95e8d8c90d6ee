"""Seating people: by a solution, by hand, on the day. No verb commits; each can be undone."""

from collections.abc import Collection, Iterable, Sequence

from app import clock, journal
from app.blueprints.seating.errors import EventNotYet, NoRoomThere, SeatLocked
from app.blueprints.seating.rules.facts import Solution, Wish
from app.blueprints.seating.situation import Guest, Situation
from app.blueprints.seating.writing import Chair, Who, lock, write
from app.extensions import db
from app.models import Event, GuestMark, HallItem, HallPlan, Invitation, PairRule, PairWish, Seat


def seat(now: Situation, solution: Solution, *, by_id: int | None) -> int:
    """Seat everybody as the solution says, and take the seats of whoever does not come; return how many moved."""
    wanted: dict[Who, Chair | None] = {(each.invitation_id, each.companion_id): None for each in now.stale}
    sits = {(each.invitation_id, each.companion_id): each for each in now.valid}
    for place in solution.places:
        who = [companion_id for companion_id, _ in now.guests[place.party_id].people]
        for companion_id, chair in zip(who, place.chairs, strict=False):
            key = (place.party_id, companion_id)
            known = sits.get(key)
            if known is None or (known.item_id, known.number) != (place.table_id, chair + 1):
                wanted[key] = Chair(place.table_id, chair + 1, is_locked=known is not None and known.is_locked)
    placed = {each.party_id for each in solution.places}
    for known in now.valid:
        if known.invitation_id not in placed:
            wanted[known.invitation_id, known.companion_id] = None
    if wanted:
        write(now.event, "solved", wanted, by_id=by_id)
    assert now.plan is not None
    now.plan.solved_at = clock.now()
    db.session.flush()
    return len(wanted)


def place(now: Situation, guest: Guest, table: HallItem, number: int, *, by_id: int | None) -> None:
    """Put a guest with companions on a chair and those after it. Whoever sat there takes the chairs left free.

    Those who sat there and cannot take them as one party stay without a seat. Raises SeatLocked or NoRoomThere.
    """
    chairs = _chairs_from(table, number, len(guest.people))
    taken = now.chairs.get(table.id, {})
    there = [taken[each] for each in chairs if each in taken and taken[each].invitation_id != guest.id]
    for each in there:
        if each.is_locked:
            raise SeatLocked(name=now.guests[each.invitation_id].name)
    was_locked = any(each.is_locked for each in now.by_guest.get(guest.id, ()))
    wanted: dict[Who, Chair | None] = {
        (guest.id, companion_id): Chair(table.id, chair, was_locked, is_by_hand=True)
        for (companion_id, _), chair in zip(guest.people, chairs, strict=True)
    }
    left = [each for each in now.by_guest.get(guest.id, ()) if (each.item_id, each.number) not in _keys(table, chairs)]
    for party_id in dict.fromkeys(each.invitation_id for each in there):
        wanted |= _moved_away(now.by_guest[party_id], left)
    for each in now.stale:
        if each.item_id == table.id and each.number in chairs:
            wanted[each.invitation_id, each.companion_id] = None
    write(now.event, "placed", wanted, by_id=by_id)


def _chairs_from(table: HallItem, number: int, people: int) -> list[int]:
    if people > table.seats or not 1 <= number <= table.seats:
        raise NoRoomThere(table=table.label, people=people)
    first = number if table.kind.value != "row" else min(number, table.seats - people + 1)
    return [(first - 1 + n) % table.seats + 1 for n in range(people)]


def _keys(table: HallItem, chairs: Iterable[int]) -> set[tuple[int, int]]:
    return {(table.id, each) for each in chairs}


def _moved_away(party: Sequence[Seat], left: list[Seat]) -> dict[Who, Chair | None]:
    """Give a party the chairs that were left, when there are enough; those are used up."""
    free = [left.pop(0) for _ in party] if len(left) >= len(party) else []
    if not free:
        return {(each.invitation_id, each.companion_id): None for each in party}
    return {
        (each.invitation_id, each.companion_id): Chair(chair.item_id, chair.number, is_by_hand=each.is_by_hand)
        for each, chair in zip(party, free, strict=True)
    }


def unseat(now: Situation, guests: Collection[Guest], *, by_id: int | None) -> None:
    """Take the seats of these guests and their companions away."""
    ids = {each.id for each in guests}
    wanted: dict[Who, Chair | None] = {
        (each.invitation_id, each.companion_id): None for each in now.seats if each.invitation_id in ids
    }
    if wanted:
        write(now.event, "unseated", wanted, by_id=by_id)


def keep(now: Situation, guests: Collection[Guest], *, locked: bool, by_id: int | None) -> None:
    """Lock or unlock the seats of these guests and their companions."""
    ids = {each.id for each in guests}
    wanted: dict[Who, Chair | None] = {
        (each.invitation_id, each.companion_id): Chair(each.item_id, each.number, locked, each.is_by_hand)
        for each in now.valid
        if each.invitation_id in ids and each.is_locked != locked
    }
    if wanted:
        write(now.event, "locked" if locked else "unlocked", wanted, by_id=by_id)


def give_up(now: Situation, *, by_id: int | None) -> int:
    """Give the seats of whoever has not come away; return how many people that frees. Raises EventNotYet."""
    if clock.now() < now.event.starts_at:
        raise EventNotYet
    absent = {each.id for each in now.absent if not any(seat.is_locked for seat in now.by_guest[each.id])}
    wanted: dict[Who, Chair | None] = {
        (each.invitation_id, each.companion_id): None for each in now.valid if each.invitation_id in absent
    }
    for invitation_id in sorted(absent):
        mark_of(invitation_id).stays_away_at = clock.now()
    if wanted:
        write(now.event, "given_up", wanted, by_id=by_id, given_up=absent)
    return len(wanted)


def clear(now: Situation, *, by_id: int | None) -> int:
    """Free the chairs of people who have withdrawn."""
    wanted: dict[Who, Chair | None] = {(each.invitation_id, each.companion_id): None for each in now.stale}
    if wanted:
        write(now.event, "cleared", wanted, by_id=by_id)
    return len(wanted)


def mark_of(invitation_id: int) -> GuestMark:
    """Return what is said of a guest, made when nothing has been said yet."""
    mark = db.session.get(GuestMark, invitation_id)
    if mark is None:
        mark = GuestMark(invitation_id=invitation_id)
        db.session.add(mark)
    return mark


def say(invitation: Invitation, *, is_vip: bool | None, is_content: bool | None) -> None:
    """Note what the hall lead knows of a guest; None leaves it to what the other rooms know."""
    mark = mark_of(invitation.id)
    mark.is_vip, mark.is_content = is_vip, is_content
    journal.record("seating.marked", invitation, changes=journal.changes_of(mark))
    db.session.flush()


def pair(event: Event, one_id: int, other_id: int, rule: PairRule | None) -> None:
    """Keep two guests apart, let them meet, or (None) forget what was said of them."""
    first, second = sorted((one_id, other_id))
    known = db.session.query(PairWish).filter_by(event_id=event.id, one_id=first, other_id=second).one_or_none()
    changes = {"pair_rule": [known.rule.value if known else None, rule.value if rule else None]}
    if known is not None and rule is None:
        db.session.delete(known)
    elif known is not None and rule is not None:
        known.rule = rule
    elif rule is not None:
        db.session.add(PairWish(event_id=event.id, one_id=first, other_id=second, rule=rule))
    journal.record("seating.paired", event, event_id=event.id, changes=changes)
    db.session.flush()


def set_rules(
    event: Event, *, weights: dict[Wish, int], reach: int, cities_apart: bool, open_cities: Sequence[str], seed: int
) -> HallPlan:
    """Say what counts for how much; `reach` in cm."""
    plan = lock(event)
    plan.weights = {wish.value: weight for wish, weight in weights.items()}
    plan.reach, plan.cities_apart, plan.open_cities, plan.seed = reach, cities_apart, sorted(set(open_cities)), seed
    journal.record("seating.rules_set", event, event_id=event.id, changes=journal.changes_of(plan))
    db.session.flush()
    return plan


def show(event: Event, *, shown: bool) -> None:
    """Let guests see their seats on their own pages, or no longer."""
    plan = lock(event)
    plan.shown_at = clock.now() if shown else None
    journal.record("seating.shown" if shown else "seating.hidden", event, event_id=event.id, changes={})
    db.session.flush()
