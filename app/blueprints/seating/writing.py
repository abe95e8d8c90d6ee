"""Writing seats: every change goes through here, remembers what stood before, and brings the guests' labels along."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, bindparam, delete, select, update

from app import clock, journal
from app.blueprints.seating import hall_steps
from app.blueprints.seating.errors import NoHallYet, NothingToUndo
from app.extensions import db
from app.many import chunks, insert_many
from app.models import Companion, Event, GuestMark, HallItem, HallPlan, Invitation, Seat, SeatStep

MOST_STEPS = 30  # that can be undone
Who = tuple[int, int | None]  # invitation, companion


class Chair(NamedTuple):
    """Where somebody is to sit. The number counts from 1."""

    item_id: int
    number: int
    is_locked: bool = False
    is_by_hand: bool = False
    since: datetime | None = None  # None: from now on, or since whenever they have had it


def lock(event: Event) -> HallPlan:
    """Let nobody else change the seating of an event until this transaction ends; raise when there is no hall."""
    plan = db.session.scalar(select(HallPlan).where(HallPlan.event_id == event.id).with_for_update())
    if plan is None:
        raise NoHallYet
    return plan


def write(
    event: Event,
    what: str,
    wanted: Mapping[Who, Chair | None],
    *,
    by_id: int | None,
    hall: dict[str, Any] | None = None,
    given_up: Collection[int] = (),
) -> None:
    """Seat people (None: take the seat away) and remember what stood before; `hall` is the plan before it was changed.

    Whoever sits on a chair that somebody else is given has to be in `wanted` too.
    """
    before = _seats_of(event, {invitation_id for invitation_id, _ in wanted})
    kept = [_plain(who, before.get(who)) for who in wanted]
    step = SeatStep(
        event_id=event.id,
        what=what,
        seats=kept,
        hall=hall,
        given_up=sorted(given_up),
        at=clock.now(),
        by_id=by_id,
    )
    db.session.add(step)
    _replace(event, wanted, before)
    db.session.flush()
    _forget_old(event)
    if hall is None or wanted:
        action = what if hall is None or what == "table_removed" else "unseated"
        journal.record(f"seating.{action}", event, event_id=event.id, changes={"people": [None, len(wanted)]})


def _plain(who: Who, chair: Chair | None) -> list[Any]:
    """Return where somebody sat, as `SeatStep.seats` keeps it."""
    return [*who, None, 0, False, False, None] if chair is None else [*who, *chair[:4], journal.plain(chair.since)]


def _chair(row: Sequence[Any]) -> Chair | None:
    since = datetime.fromisoformat(row[6]) if len(row) > 6 and row[6] else None
    return None if row[2] is None else Chair(row[2], row[3], row[4], row[5], since)


def undo(event: Event) -> SeatStep:
    """Put back what stood before the newest step, and return that step. Whoever is gone since stays out."""
    lock(event)
    step = db.session.scalar(
        select(SeatStep).where(SeatStep.event_id == event.id).order_by(SeatStep.id.desc()).limit(1)
    )
    if step is None:
        raise NothingToUndo
    _bring_back(event, step.tables)
    if step.hall is not None:
        hall_steps.restore(event, step.hall)
    wanted: dict[Who, Chair | None] = {(row[0], row[1]): _chair(row) for row in step.seats}
    before = _seats_of(event, {invitation_id for invitation_id, _ in wanted})
    _replace(event, _still_possible(event, wanted), before)
    if step.hall is not None:
        label(db.session.scalars(select(Seat.invitation_id).where(Seat.event_id == event.id)))
    if step.given_up:
        db.session.execute(
            update(GuestMark).where(GuestMark.invitation_id.in_(step.given_up)).values(stays_away_at=None)
        )
    journal.record("seating.undone", event, event_id=event.id, changes={"people": [None, len(wanted)]})
    db.session.delete(step)
    db.session.flush()
    return step


def _seats_of(event: Event, invitation_ids: Collection[int]) -> dict[Who, Chair]:
    rows = db.session.scalars(select(Seat).where(Seat.event_id == event.id))
    return {
        (each.invitation_id, each.companion_id): Chair(
            each.item_id, each.number, each.is_locked, each.is_by_hand, each.placed_at
        )
        for each in rows
        if each.invitation_id in invitation_ids
    }


def _replace(event: Event, wanted: Mapping[Who, Chair | None], before: Mapping[Who, Chair]) -> None:
    db.session.flush()
    ids = sorted({invitation_id for invitation_id, _ in wanted})
    taken_up = [who for who in wanted if who in before]
    for some in chunks(taken_up, 500):
        guests = [invitation_id for invitation_id, companion_id in some if companion_id is None]
        companions = [companion_id for _, companion_id in some if companion_id is not None]
        mine = Seat.invitation_id.in_(guests) & Seat.companion_id.is_(None) | Seat.companion_id.in_(companions)
        db.session.execute(delete(Seat).where(Seat.event_id == event.id, mine))
    now = clock.now()
    insert_many(
        Seat,
        [
            {
                "event_id": event.id,
                "item_id": chair.item_id,
                "number": chair.number,
                "invitation_id": invitation_id,
                "companion_id": companion_id,
                "is_locked": chair.is_locked,
                "is_by_hand": chair.is_by_hand,
                "placed_at": chair.since or _since(before.get((invitation_id, companion_id)), chair) or now,
            }
            for (invitation_id, companion_id), chair in wanted.items()
            if chair is not None
        ],
    )
    label(ids)


def _since(before: Chair | None, chair: Chair) -> datetime | None:
    """Locking a seat does not move anybody: whoever stays has the chair as long as before."""
    return before.since if before is not None and before[:2] == chair[:2] else None


def label(invitation_ids: Iterable[int]) -> None:
    """Copy the label of their tables to these guests: badge, door and lists read it there."""
    ids = sorted(set(invitation_ids))
    labels: dict[int, str] = {}
    for some in chunks(ids):
        rows = db.session.execute(
            select(Seat.invitation_id, HallItem.label)
            .join(Seat.item)
            .where(Seat.invitation_id.in_(some), Seat.companion_id.is_(None))
        )
        labels |= dict(rows.all())
    table = cast(Table, Invitation.__table__)
    statement = (
        update(table)
        .where(table.c.id == bindparam("key"), table.c.table_label != bindparam("text"))
        .values(table_label=bindparam("text"))
    )
    if ids:
        db.session.connection().execute(statement, [{"key": each, "text": labels.get(each, "")} for each in ids])
        for each in list(db.session.identity_map.values()):
            if isinstance(each, Invitation) and each.id in labels.keys() | ids:
                db.session.expire(each, ["table_label"])


def _bring_back(event: Event, tables: Sequence[dict[str, Any]]) -> None:
    """Put tables that were taken away back where they stood, unless another one has their number by now."""
    known = {each.label for each in db.session.scalars(select(HallItem).where(HallItem.event_id == event.id))}
    for columns in tables:
        if columns["label"] not in known:
            db.session.add(HallItem(**columns))
    db.session.flush()


def _still_possible(event: Event, wanted: Mapping[Who, Chair | None]) -> dict[Who, Chair | None]:
    """Leave out whoever has been deleted, and chairs that are gone or that somebody else has by now."""
    seats = {each.id: each.seats for each in db.session.scalars(select(HallItem).where(HallItem.event_id == event.id))}
    guests = set(db.session.scalars(select(Invitation.id).where(Invitation.event_id == event.id)))
    companions = set(
        db.session.scalars(select(Companion.id).join(Companion.invitation).where(Invitation.event_id == event.id))
    )
    rows = db.session.scalars(select(Seat).where(Seat.event_id == event.id))
    others = {(each.item_id, each.number) for each in rows if (each.invitation_id, each.companion_id) not in wanted}
    found: dict[Who, Chair | None] = {}
    for who, chair in wanted.items():
        if who[0] not in guests or (who[1] is not None and who[1] not in companions):
            continue
        fits = chair is not None and seats.get(chair.item_id, 0) >= chair.number and chair[:2] not in others
        found[who] = chair if fits else None
    return found


def _forget_old(event: Event) -> None:
    newest = select(SeatStep.id).where(SeatStep.event_id == event.id).order_by(SeatStep.id.desc()).limit(MOST_STEPS)
    known = list(db.session.scalars(newest))
    if len(known) == MOST_STEPS:
        db.session.execute(delete(SeatStep).where(SeatStep.event_id == event.id, SeatStep.id < known[-1]))
