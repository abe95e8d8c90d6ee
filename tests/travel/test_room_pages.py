"""Rooms, blocks and sheets through the pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import sheets
from app.access import Role
from app.blueprints.travel.rooms import actions as room_actions
from app.blueprints.travel.rules.changed import Changes
from app.blueprints.travel.runs import actions
from app.blueprints.travel.sheets.document import changes_of
from app.extensions import db
from app.models import (
    Direction,
    Event,
    Invitation,
    IssuedSheet,
    Reply,
    Room,
    RoomBlock,
    RoomGuest,
    RoomKind,
    RoomPayer,
)
from tests.travel.problems import day_before, guest


@pytest.fixture
def event(build):
    return build.event(slug="wuhan")


def _first(event):
    return event.starts_at.date() - timedelta(days=1)


def _sheet(client, answer):
    assert answer.status_code == 303
    return client.get(answer.headers["Location"])


def test_rooms_are_proposed_changed_and_handed_out_with_marks(app, build, event):
    one = guest(build, event, hotel_from=_first(event), hotel_nights=2)
    (companion,) = build.companions(one, ["小李"])
    two = guest(build, event, hotel_from=_first(event), hotel_nights=1)
    client = build.client(Role.CONFERENCE_AFFAIRS)
    here = "/events/wuhan/travel/rooms"
    for address in (here, f"{here}/new"):
        assert client.get(address).status_code == 200
    assert client.post(f"{here}/propose").status_code == 303
    rows = sheets.read_table(_sheet(client, client.post(f"{here}/issue")).data).rows
    assert len(rows) == 4
    assert not any(row[-1] for row in rows[1:])
    with app.app_context():
        rooms = {each.invitation_id: each.room_id for each in db.session.scalars(select(RoomGuest))}
        single = rooms[two.id]
        db.session.scalars(select(Reply).where(Reply.invitation_id == one.id)).one().hotel_nights = 3
        db.session.commit()
    assert client.get(here).status_code == 200
    form = {"kind": "single", "payer": "guest", "number": "1208", "version": "1"}
    assert client.post(f"{here}/{single}", data=form).status_code == 303
    assert client.post(f"{here}/{single}", data=form).status_code == 409
    assert client.post(f"{here}/{single}", data={"kind": "palace", "version": "2"}).status_code == 422
    assert client.post(f"{here}/{single}/sleep-in", data={"who": f"{one.id}:{companion.id}"}).status_code == 409
    assert client.post(f"{here}/{single}/sleep-in", data={"who": "0:0"}).status_code == 404
    rows = sheets.read_table(_sheet(client, client.post(f"{here}/issue")).data).rows
    assert all(row[-1] for row in rows[1:])  # two people stay longer, one has a number and pays
    client.post(f"{here}/issue")
    with app.app_context():
        assert [each.number for each in db.session.scalars(select(IssuedSheet).order_by(IssuedSheet.id))] == [1, 2]
        room = db.session.get_one(Room, single)
        assert (room.number, room.payer, room.kind) == ("1208", RoomPayer.GUEST, RoomKind.SINGLE)
        guest_id = room.guests[0].id
    assert client.post(f"{here}/{single}/guests/{guest_id}/move-out").status_code == 303
    assert client.post(f"{here}/tidy").status_code == 303
    assert client.get(here).status_code == 200


def test_a_block_with_release_dates(app, build, event):
    client = build.client(Role.PLANNER)
    here = "/events/wuhan/travel/blocks"
    for address in (here, f"{here}/new"):
        assert client.get(address).status_code == 200
    data = {"hotel": "Lakeside", "kind": "twin", "first_on": _first(event).isoformat(), "nights": "2", "rooms": "10"}
    due = (_first(event) - timedelta(days=3)).isoformat()
    wrong = [{"due_1": due}, {"most_1": "3"}, {"due_1": due, "most_1": "3", "due_2": due, "most_2": "4"}]
    for each in wrong:
        assert client.post(f"{here}/new", data=data | each).status_code == 422
    assert client.post(f"{here}/new", data=data | {"due_1": due, "most_1": "3", "rate": "428"}).status_code == 303
    with app.app_context():
        block = db.session.scalars(select(RoomBlock)).one()
        one, release = block.id, block.releases[0].id
    assert client.get(f"{here}/{one}").status_code == 200
    assert client.get(here).status_code == 200
    back = f"{here}/{one}/releases/{release}"
    assert client.post(back, data={"rooms": "4"}).status_code == 409
    client.post(back, data={"rooms": "many"})
    client.post(back, data={"rooms": "2"})
    with app.app_context():
        assert db.session.scalars(select(RoomBlock)).one().releases[0].given_back == 2
    assert client.get(here).status_code == 200
    assert client.post(f"{here}/{one}/remove").status_code == 303


def test_a_drivers_sheet_marks_what_has_changed(app, build, event):
    one, two = guest(build, event, day_before(event, 2)), guest(build, event, day_before(event, 2))
    with app.app_context():
        there = db.session.get_one(Event, event.id)
        at = day_before(event, 3)
        run = actions.save_run(there, None, [("武汉站", at)], direction=Direction.ARRIVAL, starts_at=at)
        actions.put_on(run, run.stops[0], db.session.get_one(Invitation, one.id))
        db.session.commit()
        run_id = run.id
    client = build.client(Role.CONFERENCE_AFFAIRS)
    here = f"/events/wuhan/travel/runs/{run_id}"
    assert client.post(f"{here}/issue").status_code == 303
    client.post(f"{here}/put-on", data={"guest": str(two.id)})
    assert _sheet(client, client.post(f"{here}/issue")).data.startswith(b"%PDF")
    with app.app_context():
        before, now = db.session.scalars(select(IssuedSheet).order_by(IssuedSheet.number)).all()
        assert set(before.lines) == {"run", f"g{one.id}"}
        assert changes_of(now, before) == Changes(added=frozenset({f"g{two.id}"}))
        assert not changes_of(before, None)


def test_rooms_of_another_event_are_not_reached(app, build, event):
    other = build.event(slug="other")
    with app.app_context():
        there = db.session.get_one(Event, other.id)
        room = room_actions.save_room(there, kind=RoomKind.TWIN)
        first = _first(other)
        values = {"hotel": "H", "kind": RoomKind.TWIN, "first_on": first, "nights": 1, "rooms": 1}
        block = room_actions.save_block(there, None, [(first, 1)], **values)
        sheet = IssuedSheet(
            event_id=other.id, kind="rooms", number=1, fingerprint="", lines={}, issued_at=there.created_at
        )
        db.session.add(sheet)
        db.session.commit()
        ids = room.id, block.id, block.releases[0].id, sheet.id
    room_id, block_id, release_id, sheet_id = ids
    client = build.client(Role.PLANNER)
    base = "/events/wuhan/travel"
    for address in (f"/rooms/{room_id}", f"/blocks/{block_id}", f"/sheets/{sheet_id}"):
        assert client.get(base + address).status_code == 404
    for address in (f"/rooms/{room_id}/remove", f"/rooms/{room_id}/sleep-in", f"/blocks/{block_id}/remove"):
        assert client.post(base + address).status_code == 404
    assert client.post(f"{base}/blocks/{block_id}/releases/{release_id}").status_code == 404
    assert build.client(Role.DIRECTOR).post("/events/other/travel/rooms/propose").status_code == 403
