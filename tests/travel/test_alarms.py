"""What stands on the overview about travel and rooms."""

from datetime import timedelta

from app import clock
from app.blueprints.travel.alarm_rows import rows
from app.blueprints.travel.rooms.actions import give_back, save_block
from app.blueprints.travel.runs import actions
from app.blueprints.travel.runs.situation import situation
from app.extensions import db
from app.models import Direction, Event, EventStatus, RoomKind, StaffPerson
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
        assert len(statements) <= 3
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
