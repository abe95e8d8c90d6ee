"""Runs from the replies: made, left alone, changed by hand, and what a changed reply does to them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.travel.errors import RunUnderWay, VehicleLabelTaken
from app.blueprints.travel.rules.troubles import Trouble
from app.blueprints.travel.runs import actions
from app.blueprints.travel.runs.situation import situation
from app.blueprints.travel.runs.telling import still_true, tell
from app.extensions import db
from app.models import Direction, Event, Invitation, InvitationState, Message, Passenger, Reply, TravelMode
from tests.travel.problems import day_before, guest

IN = Direction.ARRIVAL


@pytest.fixture
def event(app, build):
    event = build.event()
    with app.app_context():
        actions.set_plan(db.session.get_one(Event, event.id), train_station="武汉站", airport="天河机场T3")
        db.session.commit()
    return event


def _grouped(event: Event):
    here = db.session.get_one(Event, event.id)
    actions.lock(here)
    made = actions.group(situation(here), IN)
    db.session.commit()
    return made, situation(here)


def _what(now, run):
    return [each.what for each in now.troubles.get(run.id, ())]


def test_runs_come_from_replies_and_stand_when_grouped_again(app, build, event):
    one = guest(build, event, day_before(event, 2))
    build.companions(one, ["小李", "小王"])
    guest(build, event, day_before(event, 2, 30))
    guest(build, event, day_before(event, 2, 30), travel_mode=TravelMode.FLIGHT)
    guest(build, event, None)  # has not said when
    guest(build, event, day_before(event, 2), pickup_wanted=False)
    with app.app_context():
        actions.save_vehicle(db.session.get_one(Event, event.id), label="鄂A12345", seats=7)
        made, now = _grouped(event)
        assert made == 2
        by_train, by_air = sorted(now.runs, key=now.people, reverse=True)
        assert (now.people(by_train), by_train.stops[0].place) == (4, "武汉站")
        assert by_train.stops[0].at == day_before(event, 2, 45)  # a quarter of an hour to the exit
        assert by_train.starts_at == day_before(event, 2, 15)
        assert by_air.stops[0].place == "天河机场T3"
        # One car cannot be at both; the later one is left without.
        assert {by_train.vehicle_id is None, by_air.vehicle_id is None} == {True, False}
        assert _what(now, by_train)[-1] is Trouble.NO_HOST
        assert len(now.unclear(IN)) == 1
        assert _grouped(event)[0] == 0
        assert actions.ungroup(situation(now.event), IN) == 2
        assert len(situation(now.event).parties(IN)) == 3


def test_a_changed_reply_is_shown_on_the_run_and_changes_nothing_by_itself(app, build, event):
    one, two, three, four = (guest(build, event, day_before(event, 2)) for _ in range(4))
    with app.app_context():
        _made, now = _grouped(event)
        (run,) = now.runs
        replies = {each.invitation_id: each for each in db.session.scalars(select(Reply))}
        replies[one.id].arrives_at = day_before(event, 5)
        replies[two.id].travel_mode = TravelMode.FLIGHT
        replies[three.id].pickup_wanted = False
        db.session.get_one(Invitation, four.id).state = InvitationState.DECLINED_LATE
        db.session.commit()
        now = situation(now.event)
        found = {(each.what, each.invitation_id) for each in now.troubles[run.id]}
        assert found >= {
            (Trouble.TOO_LATE, one.id),
            (Trouble.ELSEWHERE, two.id),
            (Trouble.NOT_WANTED, three.id),
            (Trouble.NOT_COMING, four.id),
        }
        assert len(now.by_run[run.id]) == 4
        assert now.people(run) == 3


def test_a_run_by_hand_keeps_its_guests_and_its_stops(app, build, event):
    one, two = guest(build, event, day_before(event, 2)), guest(build, event, day_before(event, 8))
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        at = day_before(event, 3)
        stops = [("武汉站", at), ("汉口站", at + timedelta(minutes=40))]
        run = actions.save_run(here, None, stops, direction=IN, starts_at=at, note="")
        actions.put_on(run, run.stops[1], db.session.get_one(Invitation, one.id))
        db.session.commit()
        made, now = _grouped(event)
        assert (made, len(now.by_run[run.id])) == (1, 1)
        assert actions.ungroup(now, IN) == 1
        actions.put_on(run, run.stops[0], db.session.get_one(Invitation, two.id))
        actions.save_run(here, run, stops[:1])
        db.session.commit()
        riders = db.session.scalars(select(Passenger).order_by(Passenger.id)).all()
        assert {each.stop_id for each in riders} == {run.stops[0].id}
        run.told_at = clock.now()
        with pytest.raises(RunUnderWay):
            actions.remove_run(run)
        for each in riders:
            actions.take_off(each)
        actions.remove_run(run)
        db.session.commit()
        assert situation(here).runs == []


def test_one_car_and_one_host_are_at_one_place_at_a_time(app, build, event):
    one, two = guest(build, event, day_before(event, 2)), guest(build, event, day_before(event, 3))
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        car = actions.save_vehicle(here, label="Coach", seats=2)
        for each in (one, two):
            at = day_before(event, 2, 30)
            run = actions.save_run(here, None, [("武汉站", at)], direction=IN, starts_at=at, vehicle_id=car.id)
            actions.put_on(run, run.stops[0], db.session.get_one(Invitation, each.id))
        db.session.commit()
        now = situation(here)
        assert [_what(now, each)[0] for each in now.runs] == [Trouble.CAR_TWICE, Trouble.CAR_TWICE]
        with pytest.raises(VehicleLabelTaken):
            actions.save_vehicle(here, label="Coach", seats=4)
        actions.remove_vehicle(car)
        db.session.commit()
        now = situation(here)
        assert all(_what(now, each)[0] is Trouble.NO_CAR for each in now.runs)
        (first, *_rest) = now.passengers
        actions.meet(first, met=True)
        actions.meet(first, met=True)
        actions.finish(now.runs[0], done=True)
        db.session.commit()
        assert first.met_at
        assert now.runs[0].id not in situation(here).troubles


def test_guests_are_told_once_and_again_when_the_run_changes(app, build, event):
    one, two = guest(build, event, day_before(event, 2)), guest(build, event, day_before(event, 2))
    with app.app_context():
        _made, now = _grouped(event)
        (run,) = now.runs
        assert tell(now, run) == 2
        assert tell(now, run) == 0
        db.session.commit()
        letters = db.session.scalars(select(Message).where(Message.template == "ride")).all()
        assert {each.invitation_id for each in letters} == {one.id, two.id}
        assert all("武汉站" in each.text for each in letters)
        assert not any(still_true(each, clock.now()).cancel for each in letters)
        run.vehicle_id = actions.save_vehicle(now.event, label="鄂A12345", seats=7).id
        db.session.get_one(Invitation, two.id).state = InvitationState.DECLINED_LATE
        db.session.commit()
        db.session.expire_all()
        now = situation(now.event)
        assert {still_true(each, clock.now()).cancel for each in letters} == {"ride_changed"}
        assert tell(now, now.runs[0]) == 1
        with pytest.raises(RunUnderWay):
            actions.remove_run(now.runs[0])
