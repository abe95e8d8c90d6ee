"""Meals and groups through the pages, and meals that follow their event."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.events import following
from app.blueprints.events.rules.dates import Move, Start
from app.blueprints.travel.groups.actions import grouping
from app.blueprints.travel.meals.situation import meals
from app.extensions import db
from app.models import Event, GuestGroup, Invitation, InvitationState, MealFor, MealSitting
from tests.travel.problems import guest


@pytest.fixture
def event(build):
    return build.event(slug="wuhan")


def test_meals_are_counted_from_replies(app, build, event):
    first = clock.local(event.starts_at, event.time_zone).date() - timedelta(days=1)
    one = guest(build, event, hotel_from=first, hotel_nights=1, diet="清真")
    build.companions(one, ["小李"])
    two = guest(build, event, diet=" 清真 ")
    client = build.client(Role.CONFERENCE_AFFAIRS)
    here = "/events/wuhan/travel/meals"
    assert client.get(here).status_code == 200
    client.post(f"{here}/start")
    client.post(f"{here}/start")
    with app.app_context():
        db.session.get_one(Invitation, two.id).table_label = "5"
        db.session.commit()
        now = meals(db.session.get_one(Event, event.id))
        assert [now.covers(each).total for each in now.sittings] == [2, 2, 3, 3]
        lunch = next(each for each in now.sittings if each.at_tables)
        assert now.diets(lunch) == [("清真", 2, ["5"])]
        lunch_id = lunch.id
    client.post(f"{here}/{lunch_id}/away", data={"guest": str(one.id)})
    with app.app_context():
        now = meals(db.session.get_one(Event, event.id))
        assert now.covers(db.session.get_one(MealSitting, lunch_id)).total == 1
    client.post(f"{here}/{lunch_id}/away", data={"guest": str(one.id), "on": "0"})
    at = f"{clock.local(event.starts_at, event.time_zone):%Y-%m-%dT%H:%M}"
    data = {"name": "Tea", "starts_at": at, "served_to": "dealers", "extra": "4", "version": "1"}
    assert client.post(f"{here}/new", data=data | {"extra": "-1"}).status_code == 422
    assert client.post(f"{here}/new", data=data).status_code == 303
    assert client.post(f"{here}/{lunch_id}", data=data).status_code == 303
    assert client.post(f"{here}/{lunch_id}", data=data).status_code == 409
    for address in (here, f"{here}/new", f"{here}/{lunch_id}"):
        assert client.get(address).status_code == 200
    assert client.post(f"{here}/{lunch_id}/remove").status_code == 303
    other = build.event()
    with app.app_context():
        source, copy = db.session.get_one(Event, event.id), db.session.get_one(Event, other.id)
        following.copied(source, copy, with_people=False)
        start = Start(copy.starts_at, copy.time_zone)
        later = Start(copy.starts_at + timedelta(days=2), copy.time_zone)
        following.moved(copy, Move(start, later, 0, copy.starts_at, copy.starts_at, False, None, None, 0))
        db.session.commit()
        moved, were = meals(copy).sittings, meals(source).sittings
        by = copy.local_start.date() - source.local_start.date() + timedelta(days=2)
        assert [each.starts_at - by for each in moved] == [each.starts_at for each in were]
        assert {each.served_to for each in moved} == set(MealFor)
    foreign = build.client(Role.PLANNER)
    assert foreign.get(f"/events/{other.slug}/travel/meals/{lunch_id}").status_code == 404


def test_groups_have_a_leader_who_is_in_them(app, build, event):
    one, two = guest(build, event), guest(build, event)
    client = build.client(Role.PLANNER)
    here = "/events/wuhan/travel/groups"
    for address in (here, f"{here}/new"):
        assert client.get(address).status_code == 200
    assert client.post(f"{here}/new", data={"name": "A", "version": "1"}).status_code == 303
    assert client.post(f"{here}/new", data={"name": "A", "version": "1"}).status_code == 422
    with app.app_context():
        group_id = db.session.scalars(select(GuestGroup.id)).one()
    group = f"{here}/{group_id}"
    leader = {"name": "A", "leader_id": str(one.id), "version": "1"}
    assert client.post(group, data=leader).status_code == 422
    client.post(f"{group}/members", data={"guest": str(one.id)})
    client.post(f"{group}/members", data={"guest": str(two.id)})
    assert client.post(group, data=leader).status_code == 303
    with app.app_context():
        now = grouping(db.session.get_one(Event, event.id))
        assert (now.people(now.groups[0]), now.has_leader(now.groups[0]), now.without) == (2, True, [])
        db.session.get_one(Invitation, one.id).state = InvitationState.DECLINED_LATE
        db.session.commit()
        now = grouping(db.session.get_one(Event, event.id))
        assert (now.people(now.groups[0]), now.has_leader(now.groups[0])) == (1, False)
    client.post(f"{group}/members", data={"guest": str(two.id), "on": "0"})
    for address in (here, group):
        assert client.get(address).status_code == 200
    build.event(slug="other")
    assert client.get(f"/events/other/travel/groups/{group_id}").status_code == 404
    assert client.post(f"/events/other/travel/groups/{group_id}/remove").status_code == 404
    assert client.post(f"{group}/remove").status_code == 303
