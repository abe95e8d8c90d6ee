"""Materials on the personal page of whoever sees to them, without an account."""

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.materials import queries
from app.blueprints.staff import passes
from app.models import (
    Duty,
    EventStatus,
    Movement,
    MovementKind,
    QuantityRule,
    Shift,
    StaffKind,
    StaffPerson,
    StaffRole,
    Zone,
    ZoneTask,
)


@pytest.fixture
def hall(event):
    return event()


@pytest.fixture
def hired(session):
    row = StaffPerson(name="林晚晴", kind=StaffKind.RECEPTIONIST, created_at=clock.now())
    session.add(row)
    session.commit()
    return row


@pytest.fixture
def page(hall, hired, session):
    token = passes.ensure(hall, [hired])[hired.id].token
    session.commit()
    return f"/d/{token}"


@pytest.fixture
def send(client, page, session):
    def post(row, **data):
        address = f"{page}/materials/{row.id}"
        session.commit()
        answer = client.post(address, data=data)
        session.expire_all()
        return answer.status_code

    return post


def on_duty(session, hall, person, *, station="", key=None):
    role = StaffRole(event_id=hall.id, key=key, name="接待")
    times = {"starts_at": hall.starts_at, "ends_at": hall.ends_at, "for_start_at": hall.starts_at}
    shift = Shift(event_id=hall.id, name="会议", for_time_zone="Asia/Shanghai", **times)
    session.add_all([role, shift])
    session.flush()
    duty = Duty(event_id=hall.id, role_id=role.id, shift_id=shift.id, person_id=person.id, station=station)
    duty.slot, duty.created_at = 1, clock.now()
    session.add(duty)
    session.commit()
    return duty


def task_in(session, hall, person, **values):
    zone = Zone(event_id=hall.id, name="大门")
    zone.tasks.append(ZoneTask(text="摆放易拉宝", owner_id=person.id, **values))
    session.add(zone)
    session.commit()
    return zone


def test_what_a_task_needs_and_what_stands_in_its_zone_is_theirs(client, page, hall, hired, thing, session):
    needed, other = thing(hall, name="易拉宝"), thing(hall, name="展示板")
    zone = task_in(session, hall, hired, material_id=needed.id)
    inside = thing(hall, name="横幅", zone_id=zone.id)
    text = client.get(page).text
    assert f'id="m{needed.id}"' in text
    assert f'id="m{inside.id}"' in text
    assert f'id="m{other.id}"' not in text


def test_whoever_hands_out_counts_what_every_guest_gets(client, page, hall, hired, thing, session):
    bag = thing(hall, name="手提袋", rule=QuantityRule.PER_GUEST)
    part = thing(hall, name="会议手册", rule=QuantityRule.PER_GUEST, kit_id=bag.id)
    duty = on_duty(session, hall, hired, key="receptionist")
    text = client.get(page).text
    assert f'id="m{bag.id}"' in text
    assert f'id="m{part.id}"' not in text
    duty.is_deputy = True
    session.commit()
    assert f'id="m{bag.id}"' not in client.get(page).text


def test_what_stands_at_the_station_is_theirs(client, page, hall, hired, thing, session):
    row = thing(hall, place="签到处")
    on_duty(session, hall, hired, station="签到处")
    assert f'id="m{row.id}"' in client.get(page).text


def test_tick_count_and_damage_are_in_the_log_under_their_name(send, page, hall, hired, thing, session):
    row = thing(hall)
    task_in(session, hall, hired, material_id=row.id)
    assert send(row, act="stands") == 303
    assert send(row, act="count", quantity="12") == 303
    assert send(row, act="damage", quantity="2", note="边框断了") == 303
    figures = queries.figures_of(row)
    assert (figures.is_set_up, figures.here, figures.damaged) == (True, 10, 2)
    entries = session.scalars(select(Movement).where(Movement.material_id == row.id)).all()
    assert {(each.by_name, each.by_person_id) for each in entries} == {("林晚晴", hired.id)}
    assert send(row, act="stands_not") == 303
    assert not queries.figures_of(row).is_set_up


@pytest.mark.parametrize(
    "data",
    [
        {"act": "count", "quantity": "-1"},
        {"act": "count", "quantity": "1.5"},
        {"act": "count", "quantity": ""},
        {"act": "damage", "quantity": "0"},
        {"act": "damage", "quantity": "many"},
        {"act": "lost", "quantity": "1"},
        {},
    ],
)
def test_what_is_no_count_is_not_written(send, hall, hired, thing, session, data):
    row = thing(hall)
    task_in(session, hall, hired, material_id=row.id)
    assert send(row, **data) == 422
    assert session.scalar(select(Movement.kind)) is None


def test_others_materials_and_closed_events_are_out_of_reach(send, hall, hired, thing, session):
    mine, other = thing(hall), thing(hall, name="展示板")
    task_in(session, hall, hired, material_id=mine.id)
    assert send(other, act="stands") == 404
    hall.status = EventStatus.CLOSED
    session.commit()
    assert send(mine, act="count", quantity="3") == 410
    assert session.scalar(select(Movement.kind).where(Movement.kind == MovementKind.COUNTED)) is None
