"""Seats in the database: solving, moving by hand, locking, the day itself, undoing, tables that go."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.blueprints.seating import actions, jobs, queries
from app.blueprints.seating.errors import LabelTaken, NoHallYet, NoRoomThere, NothingToUndo, SeatLocked
from app.blueprints.seating.hall import actions as halls
from app.blueprints.seating.rules.broken import broken
from app.blueprints.seating.rules.layout import Wanted
from app.blueprints.seating.situation import Guest, Keep, Situation
from app.blueprints.seating.writing import undo
from app.errors import StaleChange
from app.extensions import db
from app.models import Event, GuestMark, HallItem, HallPlan, Invitation, InvitationState, PairRule, Readiness, Seat
from tests.build import Builder

S, R = InvitationState, Readiness
CITIES = ["武汉", "黄石", "宜昌", "襄阳", "荆州"]


@pytest.fixture
def hall(app: Flask, build: Builder) -> Iterator[Event]:
    """A hall of three tables with five chairs, and eight guests, two of them of one city, one with a companion."""
    event = build.event()
    for n in range(8):
        dealer = build.dealer(city=CITIES[n % 5])
        readiness = list(R)[n % 4]
        guest = build.invitation(event, dealer, state=S.FIRM, readiness=readiness)
        if n == 3:
            build.companions(guest, ["同行人"])
    build.invitation(event, build.dealer(), state=S.DECLINED)
    with app.app_context():
        event = db.session.get_one(Event, event.id)
        halls.lay_out(event, Wanted(1500, 1600, 15, each=5), by_id=None)
        db.session.commit()
        yield event


def _now(event: Event) -> Situation:
    db.session.expire_all()
    return queries.situation(event)


def _solve(event: Event, keep: Keep = Keep.BY_HAND, user: int | None = None) -> Situation:
    job = jobs.start(event, keep, by_id=user)  # type: ignore[arg-type]
    jobs.run_now(job)
    return _now(event)


def _at(now: Situation) -> dict[int, tuple[int, int]]:
    return {each.invitation_id: (each.item_id, each.number) for each in now.valid if each.companion_id is None}


def _first(now: Situation, **values: Any) -> Guest:
    return next(each for each in now.coming if all(getattr(each, k) == v for k, v in values.items()))


def test_everybody_who_comes_is_seated_and_wears_the_tables_label(hall: Event):
    now = _solve(hall)
    assert (len(now.valid), now.unseated) == (9, [])
    assert broken(now.problem(), now.places) == []
    labels = {each.id: each.label for each in now.tables}
    for guest in db.session.scalars(select(Invitation).where(Invitation.event_id == hall.id)):
        seat = now.by_guest.get(guest.id)
        assert guest.table_label == (labels[seat[0].item_id] if seat else "")


def test_what_was_put_by_hand_or_locked_stays_and_what_was_done_is_undone(hall: Event):
    now = _solve(hall)
    before = _at(now)
    guest, other = now.coming[0], now.coming[1]
    actions.place(now, guest, now.tables[-1], 5, by_id=None)
    actions.keep(_now(hall), [other], locked=True, by_id=None)
    now = _solve(hall)
    assert _at(now)[guest.id] == (now.tables[-1].id, 5)
    assert _at(now)[other.id] == before[other.id]
    while queries.last_step(hall) and queries.last_step(hall).what != "placed":  # type: ignore[union-attr]
        undo(hall)
    undo(hall)
    assert _at(_now(hall)) == before
    undo(hall)
    assert _now(hall).valid == []
    with pytest.raises(NothingToUndo):
        undo(hall)


def test_two_change_places_and_a_party_that_does_not_fit_waits(hall: Event):
    now = _solve(hall)
    single = [each for each in now.coming if len(each.people) == 1]
    one, two = single[0], next(each for each in single if _at(now)[each.id][0] != _at(now)[single[0].id][0])
    before = _at(now)
    table = next(each for each in now.tables if each.id == before[two.id][0])
    actions.place(now, one, table, before[two.id][1], by_id=None)
    after = _at(_now(hall))
    assert (after[one.id], after[two.id]) == (before[two.id], before[one.id])
    now = _now(hall)
    pair = next(each for each in now.coming if len(each.people) == 2)
    place = _at(now)[pair.id]
    table = next(each for each in now.tables if each.id == place[0])
    actions.place(now, one, table, place[1], by_id=None)
    now = _now(hall)
    assert (_at(now)[one.id], [each.id for each in now.unseated]) == (place, [pair.id])
    assert len(_solve(hall).unseated) == 0


def test_a_locked_seat_is_given_to_nobody(hall: Event):
    now = _solve(hall)
    one, two = now.coming[:2]
    actions.keep(now, [two], locked=True, by_id=None)
    now = _now(hall)
    item_id, number = _at(now)[two.id]
    with pytest.raises(SeatLocked):
        actions.place(now, one, next(each for each in now.tables if each.id == item_id), number, by_id=None)
    with pytest.raises(NoRoomThere):
        actions.place(now, one, now.tables[0], 6, by_id=None)


def test_on_the_day_seats_of_the_missing_are_given_away_and_only_those_filled(hall: Event):
    now = _solve(hall)
    here = [each.id for each in now.coming[:5]]
    for guest in db.session.scalars(select(Invitation).where(Invitation.id.in_(here))):
        guest.state = S.ARRIVED
    db.session.commit()
    seated = {each: _at(now)[each] for each in here}
    with clock.stopped_at(hall.starts_at + timedelta(minutes=20)):
        freed = actions.give_up(_now(hall), by_id=None)
        now = _now(hall)
        assert freed == 9 - len(now.valid)
        assert {each.id for each in now.coming} == set(here)
        late = db.session.scalars(select(GuestMark).order_by(GuestMark.invitation_id)).first()
        assert late is not None
        db.session.get_one(Invitation, late.invitation_id).state = S.ARRIVED  # comes after all
        db.session.commit()
        now = _solve(hall, Keep.SEATED)
    assert seated.items() <= _at(now).items()
    assert late.invitation_id in _at(now)
    undo(hall)
    undo(hall)
    assert len(_now(hall).valid) == 9


def test_a_guest_who_withdraws_frees_the_chair(hall: Event):
    now = _solve(hall)
    gone = now.coming[0]
    db.session.get_one(Invitation, gone.id).state = S.DECLINED_LATE
    db.session.commit()
    now = _now(hall)
    assert [each.invitation_id for each in now.stale] == [gone.id]
    assert gone.id not in {each.party_id for each in now.places}
    assert actions.clear(now, by_id=None) == 1
    assert db.session.get_one(Invitation, gone.id).table_label == ""
    assert _now(hall).stale == []


def test_a_table_removed_with_people_at_it_can_be_brought_back(hall: Event):
    now = _solve(hall)
    before = _at(now)
    item_id = next(iter(before.values()))[0]
    lost = halls.remove(hall, db.session.get_one(HallItem, item_id), by_id=None)
    now = _now(hall)
    assert lost == sum(1 + (len(each.people) > 1) for each in now.unseated) > 0
    undo(hall)
    assert _at(_now(hall)) == before


def test_chairs_that_go_take_their_people_along_and_labels_follow(hall: Event):
    now = _solve(hall)
    table = next(each for each in now.tables if 5 in now.chairs[each.id] or 4 in now.chairs[each.id])
    values: dict[str, Any] = {"label": "主桌", "seats": 1, "is_vip": False, "host_id": None}
    halls.change(hall, table, dict(values), version=table.version, by_id=None)
    db.session.flush()
    now = _now(hall)
    assert {each.number for each in now.valid if each.item_id == table.id} <= {1}
    labels = {db.session.get_one(Invitation, each.invitation_id).table_label for each in now.chairs[table.id].values()}
    assert labels <= {"主桌"}
    with pytest.raises(StaleChange):
        halls.change(hall, table, dict(values), version=table.version - 1, by_id=None)
    other = next(each for each in now.tables if each.id != table.id)
    with pytest.raises(LabelTaken):
        halls.change(hall, other, dict(values), version=other.version, by_id=None)


def test_what_the_hall_lead_says_counts(hall: Event):
    now = _now(hall)
    one, two = now.coming[0], now.coming[1]
    actions.pair(hall, two.id, one.id, PairRule.APART)
    actions.say(db.session.get_one(Invitation, one.id), is_vip=True, is_content=True)
    now = _now(hall)
    assert (now.guests[one.id].is_vip, now.guests[one.id].is_content) == (True, True)
    pair = (min(one.id, two.id), max(one.id, two.id))
    assert pair in {(each.one, each.other) for each in now.foes}
    actions.pair(hall, one.id, two.id, PairRule.MAY_MEET)
    assert pair not in {(each.one, each.other) for each in _now(hall).foes}


def test_without_a_hall_nobody_is_seated(app: Flask, build: Builder):
    event = build.event()
    with app.app_context(), pytest.raises(NoHallYet):
        jobs.start(db.session.get_one(Event, event.id), Keep.LOCKED, by_id=1)


def test_a_copied_event_has_the_hall_without_its_people(hall: Event, build: Builder):
    _solve(hall)
    db.session.commit()
    copy = db.session.get_one(Event, build.event().id)
    halls.copy(hall, copy, False)
    assert db.session.get_one(HallPlan, copy.id).width == 1500
    assert len(queries.items(copy)) == len(queries.items(hall))
    assert db.session.scalar(select(Seat.id).where(Seat.event_id == copy.id)) is None
