"""What a personal page did without network arrives late: in its order, once, and what others did after it stays."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.materials import actions as material_actions
from app.blueprints.staff import passes
from app.models import Event, EventStatus, Movement, StaffPerson, Zone, ZoneTask
from tests.materials.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def mine(event, session, client):
    """A hired person's page with a task and its material, as a phone speaks to it."""
    hall = event()
    material_actions.prepare(hall)
    person = StaffPerson(name="林晚晴", created_at=NOW)
    session.add(person)
    session.flush()
    task = session.scalar(
        select(ZoneTask).join(Zone).where(Zone.event_id == hall.id, ZoneTask.material_id.is_not(None))
    )
    task.owner_id = person.id
    page = f"/d/{passes.ensure(hall, [person])[person.id].token}"
    session.commit()
    ids = task.id, task.material_id, hall.id

    def send(path, at=NOW, phone_now=NOW, **data):
        session.commit()
        told = {"happened_at": _ms(at), "phone_now": _ms(phone_now)}
        answer = client.post(f"{page}/{path}", data=told | data, headers={"Accept": "application/json"})
        session.expire_all()
        return answer.status_code, answer.json

    return send, page, *ids


def _ms(at):
    return int(at.timestamp() * 1000)


def test_a_count_comes_once_at_its_own_time_by_our_clock(mine, session):
    send, _page, _task, material, _hall = mine
    wrong_clock = 5 * HOUR
    for _ in range(2):
        status, told = send(
            f"materials/{material}",
            at=NOW - HOUR + wrong_clock,
            phone_now=NOW + wrong_clock,
            act="count",
            quantity="12",
            client_id="a" * 32,
        )
        assert (status, told["state"]) == (200, "accepted")
    (entry,) = session.scalars(select(Movement))
    assert (entry.client_id, entry.quantity, entry.happened_at) == ("a" * 32, 12, NOW - HOUR)


def test_what_is_wrong_is_refused_with_its_reason_and_nothing_happens(mine, session):
    send, _page, task, material, hall = mine
    status, told = send(f"materials/{material}", act="count", quantity="many")
    assert (status, told["error"]) == (422, "refused")
    assert told["text"]
    assert send("materials/999999", act="stands")[0] == 404
    assert send("tick", duty_id="1", line="x")[0] == 404
    session.get_one(Event, hall).status = EventStatus.CLOSED
    assert send(f"hall/{task}", act="done")[0] == 410
    assert session.scalars(select(Movement)).all() == []
    assert session.get_one(ZoneTask, task).done_at is None


def test_a_tick_told_late_does_not_close_what_somebody_opened_since(mine, session):
    send, _page, task_id, _material, _hall = mine
    session.commit()
    assert send(f"hall/{task_id}", at=NOW - HOUR, act="done")[1]["state"] == "accepted"
    assert session.get_one(ZoneTask, task_id).done_at == NOW - HOUR
    assert send(f"hall/{task_id}", at=NOW - 2 * HOUR, act="open")[0] == 200
    assert session.get_one(ZoneTask, task_id).done_at == NOW - HOUR  # the tick was later
    assert send(f"hall/{task_id}", at=NOW, act="open")[0] == 200
    with clock.stopped_at(NOW + HOUR):
        status, told = send(f"hall/{task_id}", at=NOW - HOUR, phone_now=NOW + HOUR, act="done")
        assert (status, told["error"]) == (409, "opened_since")
        assert session.get_one(ZoneTask, task_id).done_at is None
        assert send(f"hall/{task_id}", at=NOW + HOUR, phone_now=NOW + HOUR, act="done")[0] == 200


def test_the_page_keeps_itself_and_nothing_else(mine, client, session):
    _send, page, *_ = mine
    session.commit()
    worker = client.get(f"{page}/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == page
    for address in re.findall(r'"(/static/[^"]+\.[^"]+)"', worker.text):
        assert client.get(address).status_code == 200, address
    assert client.get(f"{page}/hello.json").json["token"]
    assert client.get("/d/unknown/worker.js").status_code == 404
    assert client.get("/d/unknown/hello.json").status_code == 404
