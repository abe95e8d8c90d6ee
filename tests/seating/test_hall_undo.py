"""Every change of the hall plan is a step that is undone in its turn, with the people it moved."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.blueprints.seating import jobs, writing
from app.blueprints.seating.hall import actions as halls
from app.blueprints.seating.rules.layout import Wanted
from app.blueprints.seating.situation import Keep
from app.extensions import db
from app.models import Event, HallItem, HallPlan, Invitation, InvitationState, ItemKind, Seat, SeatStep
from tests.build import Builder

COLUMNS = ("id", "kind", "label", "x", "y", "width", "depth", "seats", "is_vip", "host_id")


@pytest.fixture
def hall(app: Flask, build: Builder) -> Iterator[Event]:
    event = build.event()
    for n in range(6):
        build.invitation(event, build.dealer(city=f"c{n}"), state=InvitationState.FIRM)
    with app.app_context():
        event = db.session.get_one(Event, event.id)
        halls.lay_out(event, Wanted(1500, 1600, 15, each=5), by_id=None)
        assert db.session.scalar(select(SeatStep.id)) is None  # the first lay-out takes nothing away
        db.session.commit()
        jobs.run_now(jobs.start(event, Keep.BY_HAND, by_id=None))  # type: ignore[arg-type]
        yield event


def stands(event: Event) -> tuple[Any, ...]:
    """The whole of it: size, things, seats and what the guests' lists say of their tables."""
    db.session.commit()
    plan = db.session.get_one(HallPlan, event.id)
    items = db.session.scalars(select(HallItem).order_by(HallItem.id))
    seats = db.session.scalars(select(Seat).order_by(Seat.invitation_id))
    labels = db.session.execute(select(Invitation.id, Invitation.table_label).order_by(Invitation.id)).all()
    return (
        (plan.width, plan.depth),
        [tuple(getattr(each, name) for name in COLUMNS) for each in items],
        [(each.invitation_id, each.item_id, each.number, each.is_locked) for each in seats],
        [tuple(each) for each in labels],
    )


def table() -> HallItem:
    """A table with people at it."""
    return db.session.scalars(select(HallItem).join(Seat, Seat.item_id == HallItem.id).order_by(HallItem.id)).first()  # type: ignore[return-value]


def _moved(event: Event) -> None:
    for far in (10, 20):  # at a stretch: one step
        item = table()
        halls.move(event, item, x=item.x + far, y=item.y, version=item.version, by_id=None)


def _changed(event: Event) -> None:
    item = table()
    values: dict[str, Any] = {"label": "贵宾", "seats": 1, "is_vip": True, "width": 150, "host_id": None}
    halls.change(event, item, values, version=item.version, by_id=None)


def _thing_gone(event: Event) -> None:
    found = select(HallItem).where(HallItem.seats == 0).order_by(HallItem.id)
    halls.remove(event, db.session.scalars(found).all()[0], by_id=None)


ACTS: dict[str, Callable[[Event], object]] = {
    "moved": _moved,
    "changed": _changed,
    "added": lambda event: halls.add(event, ItemKind.ROUND_TABLE),
    "resized": lambda event: halls.resize(event, width=3000, depth=3000),
    "a thing gone": _thing_gone,
    "a table gone": lambda event: halls.remove(event, table(), by_id=None),
    "laid out anew": lambda event: halls.lay_out(event, Wanted(2000, 2200, 30, each=10), by_id=None),
}


def test_each_is_undone_and_all_of_them_newest_first(hall: Event) -> None:
    for name, act in ACTS.items():
        before = stands(hall)
        act(hall)
        assert stands(hall) != before, name
        writing.undo(hall)
        assert stands(hall) == before, name
    course = []
    for act in ACTS.values():
        course.append(stands(hall))
        act(hall)
    for before in reversed(course):
        writing.undo(hall)
        assert stands(hall) == before
