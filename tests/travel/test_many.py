"""The lists of travel with a thousand guests: pages, search, and what one person's page reads."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from app import clock
from app.access import Role
from app.blueprints.rsvp.reply import parts
from app.blueprints.travel import queries
from app.blueprints.travel.rooms import actions as rooms
from app.blueprints.travel.rooms.situation import rooming
from app.blueprints.travel.runs import actions
from app.blueprints.travel.runs.situation import situation
from app.extensions import db
from app.models import (
    Answer,
    Direction,
    Event,
    Invitation,
    InvitationState,
    Passenger,
    PickupRun,
    Reply,
    TravelMode,
    Via,
)
from app.web.tables import PER_PAGE
from tests.build.statements import noted
from tests.travel.problems import day_before

MANY = 60  # more than a page; `MANY = 1000` was tried by hand


@pytest.fixture
def event(app, build):
    """An event whose guests all want a car and a room, on runs and in rooms."""
    event = build.event(slug="wuhan")
    guests = [build.invitation(event, state=InvitationState.FIRM).id for _each in range(MANY)]
    given = {"answer": Answer.COMING, "travel_mode": TravelMode.TRAIN, "pickup_wanted": True, "hotel_nights": 2}
    given |= {"hotel_from": date(2026, 12, 1), "answered_at": clock.now(), "via": Via.LINK}
    with app.app_context():
        at = [day_before(event, 1 + number % 8) for number in range(MANY)]
        rows = zip(guests, at, strict=True)
        replies = [
            given | {"invitation_id": one, "arrives_at": when, "travel_number": f"G{one:04}"} for one, when in rows
        ]
        db.session.execute(insert(Reply), replies)
        here = db.session.get_one(Event, event.id)
        actions.set_plan(here, train_station="武汉站")
        actions.group(situation(here), Direction.ARRIVAL)
        rooms.take_up(here, rooming(here).proposals)
        db.session.commit()
    return event


def test_lists_come_in_pages_and_are_searched(app, build, event):
    client = build.client(Role.CONFERENCE_AFFAIRS)
    here = "/events/wuhan/travel"
    with app.app_context():
        last = db.session.scalars(select(Invitation).order_by(Invitation.id.desc()).limit(1)).one()
        number = f"G{last.id:04}"
    for address in (here, f"{here}/rooms"):
        assert client.get(address).text.count('class="dt-row"') == PER_PAGE
        assert client.get(f"{address}?page=2").text.count('class="dt-row"') == MANY - PER_PAGE
        assert client.get(address, query_string={"q": number}).text.count('class="dt-row"') == 1
        assert client.get(f"{address}?q=%25").text.count('class="dt-row"') == 0
    assert client.get(f"{here}?ride=run&sort=-guest").text.count('class="dt-row"') == PER_PAGE
    assert client.get(f"{here}?ride=waits").text.count('class="dt-row"') == 0
    assert client.get(f"{here}/rooms?sort=hotel&payer=us").text.count('class="dt-row"') == PER_PAGE
    assert client.get(f"{here}/runs").text.count('id="run-') == 8
    assert client.get(f"{here}/runs", query_string={"q": number}).text.count('id="run-') == 1
    with app.app_context():
        assert len(rooming(db.session.get_one(Event, event.id)).troubles) == 0
    with noted(app) as seen:
        client.get(here)
    assert len(seen) < 40


def test_a_page_of_one_person_reads_that_persons_ride_only(app, event):
    with app.app_context(), app.test_request_context():
        rider = db.session.scalars(select(Passenger).order_by(Passenger.id).limit(1)).one()
        rider.run.told_at = clock.now()
        db.session.flush()
        mine = situation(rider.run.event, Passenger.invitation_id == rider.invitation_id)
        assert (len(mine.guests), len(mine.runs), len(mine.passengers)) == (1, 1, 1)
        assert [part.icon for part in parts.of(rider.invitation)] == ["bus"]
        empty = PickupRun(event_id=event.id, direction=Direction.ARRIVAL, starts_at=event.starts_at)
        db.session.add(empty)
        db.session.flush()
        driven = situation(rider.run.event, PickupRun.id.in_([empty.id, rider.run_id]))
        assert {each.id for each in driven.runs} == {empty.id, rider.run_id}
        assert len(driven.guests) == len(driven.passengers) == len(mine.by_run) * MANY // 8 + (MANY % 8 > 0)


def test_stations_can_be_set_the_first_time(app, build):
    event = build.event(slug="wuhan")
    shown = build.client(Role.PLANNER).get("/events/wuhan/travel/settings").text
    assert 'name="version" type="hidden" value="1"' in shown
    with app.app_context():
        assert queries.plan(event).version == 1
