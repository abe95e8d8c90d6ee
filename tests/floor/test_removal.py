"""What a page removes with Undo comes back as it was, with everything that went along; or not at all."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.blueprints.materials import actions as materials
from app.blueprints.materials.zones import actions as zones
from app.blueprints.staff.setup import actions as setup
from app.extensions import db
from app.models import (
    Base,
    Duty,
    DutyTick,
    Event,
    Material,
    Removal,
    Shift,
    StaffNeed,
    StaffPerson,
    StaffRole,
    Zone,
    ZoneTask,
)
from app.removal import KEPT, CannotPutBack

TABLES = ("staff_roles", "shifts", "staff_needs", "duties", "duty_ticks", "zones", "zone_tasks", "materials")


def everything():
    """All rows of the tables that are concerned, as plain values."""
    found = {}
    for name in TABLES:
        table = Base.metadata.tables[name]
        found[table.name] = [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
    return found


@pytest.fixture
def event(app, build):
    """An event with a role, its duty with a tick, and a zone with a task and a kit with a part."""
    made = build.event()
    person = build.save(StaffPerson(name="林晓", created_at=clock.now()))
    with app.app_context():
        start = made.starts_at
        role = StaffRole(event_id=made.id, name="接待", position=1)
        shift = Shift(
            event_id=made.id,
            name="上午",
            starts_at=start,
            ends_at=start + timedelta(hours=4),
            for_start_at=start,
            for_time_zone=made.time_zone,
        )
        zone = Zone(event_id=made.id, name="主席台区")
        bag = Material(event_id=made.id, name="手提袋", unit_price=Decimal("3.5"))
        db.session.add_all([role, shift, zone, bag])
        db.session.flush()
        bag.zone_id = zone.id
        part = Material(event_id=made.id, name="加盟手册", kit_id=bag.id, zone_id=zone.id)
        duty = Duty(
            event_id=made.id, role_id=role.id, shift_id=shift.id, person_id=person.id, slot=1, created_at=clock.now()
        )
        task = ZoneTask(zone_id=zone.id, text="挂会议背板", material_id=bag.id, due_at=start)
        db.session.add_all([part, duty, task, StaffNeed(role_id=role.id, shift_id=shift.id, required=1)])
        db.session.flush()
        db.session.add(DutyTick(duty_id=duty.id, line="迎宾", done_at=clock.now()))
        db.session.commit()
    return made


@pytest.mark.parametrize(
    ("model", "remove", "put_back", "gone"),
    [
        (StaffRole, setup.remove_role, setup.put_back, ("staff_roles", "staff_needs", "duties", "duty_ticks")),
        (Shift, setup.remove_shift, setup.put_back, ("shifts", "staff_needs", "duties", "duty_ticks")),
        (Zone, zones.remove_zone, zones.put_back, ("zones", "zone_tasks")),
        (ZoneTask, zones.remove_task, zones.put_back, ("zone_tasks",)),
        (Material, materials.remove, materials.put_back, ("materials",)),
    ],
    ids=["role", "shift", "zone", "task", "kit"],
)
def test_it_comes_back_with_all_that_went_along(app, event, model, remove, put_back, gone):
    with app.app_context():
        here, before = db.session.get_one(Event, event.id), everything()
        kept_id = remove(here, db.session.scalars(select(model).order_by(model.id)).first()).id
        db.session.commit()
        assert [name for name in gone if everything()[name]] == []
        assert put_back(here, kept_id) is not None
        db.session.commit()
        assert everything() == before
        assert put_back(here, kept_id) is None


def test_what_has_taken_its_place_stays_and_an_old_removal_is_over(app, event):
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        role = db.session.scalars(select(StaffRole)).one()
        role.key = "receptionist"
        kept_id = setup.remove_role(here, role).id
        db.session.add(StaffRole(event_id=here.id, name="新", key="receptionist"))
        db.session.commit()
        with pytest.raises(CannotPutBack):
            setup.put_back(here, kept_id)
        db.session.rollback()
        assert [each.name for each in db.session.scalars(select(StaffRole))] == ["新"]
        shift_id = setup.remove_shift(here, db.session.scalars(select(Shift)).one()).id
        db.session.commit()
        with clock.stopped_at(clock.now() + KEPT + timedelta(minutes=1)), pytest.raises(CannotPutBack):
            setup.put_back(here, shift_id)


def test_the_page_offers_it_and_no_other_event_brings_it_back(app, build, event):
    planner, other = build.client(Role.PLANNER), build.event()
    with app.app_context():
        role_id, shift_id, zone_id = (db.session.scalar(select(each)) for each in (StaffRole.id, Shift.id, Zone.id))
        material_id = db.session.scalar(select(Material.id).where(Material.kit_id.is_(None)))
        before = everything()
    for path in (
        f"staff/shifts/{shift_id}/remove",
        f"staff/roles/{role_id}/remove",
        f"materials/{material_id}/remove",
        f"zones/{zone_id}/remove",
    ):
        text = planner.post(f"/events/{event.slug}/{path}", follow_redirects=True).text
        undo = re.search(r'action="([^"]*/put-back[^"]*)"', text)
        assert undo is not None
        assert planner.post(undo[1].replace(event.slug, other.slug)).status_code == 404
        assert build.client(Role.FINANCE).post(undo[1]).status_code == 403
        assert planner.post(undo[1]).status_code == 303
        with app.app_context():
            assert everything() == before
            assert db.session.scalar(select(Removal.id)) is None
