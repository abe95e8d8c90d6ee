"""What stands on the overview about travel and rooms."""

from datetime import timedelta
from typing import Any

from app import clock
from app.blueprints.travel.alarm_rows import rows
from app.blueprints.travel.groups.actions import save as save_group
from app.blueprints.travel.rooms.actions import give_back, save_block, save_room, sleep_in, tidy
from app.blueprints.travel.rooms.situation import rooming
from app.blueprints.travel.runs import actions
from app.blueprints.travel.runs.situation import situation
from app.extensions import db
from app.models import Direction, Event, EventStatus, Invitation, InvitationState, RoomKind, RoomPayer, StaffPerson
from tests.build.statements import noted
from tests.travel.problems import day_before, guest


def test_each_alarm_comes_and_goes_with_a_fixed_number_of_queries(app, build):
    event, other = build.event(), build.event()
    closed = build.event(status=EventStatus.CLOSED)
    for each in (event, other, closed):
        guest(build, each, day_before(each, 2))
    build.save(StaffPerson(name="林小雅", created_at=clock.now()))
    with app.app_context(), app.test_request_context():
        all_of_them = [db.session.get_one(Event, each.id) for each in (event, other, closed)]
        here = all_of_them[0]
        with noted(app) as statements:
            found = rows(all_of_them)
        assert len(statements) <= 4
        assert {key: [row.icon for row in lines] for key, lines in found.items()} == {
            event.id: ["bus"],
            other.id: ["bus"],
        }
        actions.set_plan(here, train_station="武汉站")
        actions.group(situation(here), Direction.ARRIVAL)
        assert [row.icon for row in rows([here])[here.id]] == ["car"]
        (run,) = situation(here).runs
        run.host_id, run.vehicle_id = 1, actions.save_vehicle(here, label="A", seats=4).id
        db.session.flush()
        assert rows([here]) == {}
        today = clock.today(here.time_zone)
        values = {"hotel": "H", "kind": RoomKind.TWIN, "first_on": today, "nights": 1, "rooms": 3}
        block = save_block(here, None, [(today + timedelta(days=3), 1), (today + timedelta(days=9), 1)], **values)
        assert [row.icon for row in rows([here])[here.id]] == ["bed"]
        give_back(block.releases[0], 0, by_id=None)
        assert rows([here]) == {}


def test_beds_groups_and_the_way_back_are_alarms(app, build):
    event = build.event()
    stays: dict[str, Any] = {"pickup_wanted": False, "hotel_from": day_before(event, 2).date(), "hotel_nights": 1}
    one, other = guest(build, event, **stays), guest(build, event, **stays)
    with app.app_context(), app.test_request_context():
        here = db.session.get_one(Event, event.id)
        assert rows([here]) == {}  # nobody has begun with the list
        room = save_room(here, kind=RoomKind.SINGLE, payer=RoomPayer.US)
        assert [row.icon for row in rows([here])[here.id]] == ["bed"]
        now = rooming(here)
        sleep_in(now, now.rooms[0], next(each for each in now.sleepers if each.invitation_id == one.id))
        now = rooming(here)
        save_room(here, room, kind=RoomKind.TWIN)
        sleep_in(now, room, next(each for each in now.sleepers if each.invitation_id == other.id))
        assert rows([here]) == {}
        db.session.get_one(Invitation, other.id).state = InvitationState.DECLINED
        db.session.flush()
        assert [row.icon for row in rows([here])[here.id]] == ["user-off"]
        tidy(rooming(here))
        save_group(here, name="A")
        actions.note_journey(db.session.get_one(Invitation, one.id), ride_wanted=True)
        assert sorted(row.icon for row in rows([here])[here.id]) == ["bus", "users"]
