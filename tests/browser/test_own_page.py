"""A hired receptionist in a cellar: the personal page opens without network and keeps what is pressed."""

from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.materials import actions as materials
from app.blueprints.staff import actions as staff
from app.blueprints.staff import passes
from app.blueprints.staff.plan import digest_of
from app.extensions import db
from app.models import (
    Duty,
    DutyState,
    DutyTick,
    Event,
    EventStatus,
    Movement,
    Shift,
    StaffPerson,
    StaffRole,
    Zone,
    ZoneTask,
)
from tests.browser.conftest import PHONE, Site, axe_findings, overflow


@pytest.fixture
def own(site: Site) -> tuple[str, int]:
    """The personal page of somebody with a duty that asks, a task in the hall and a material; and the task's id."""
    event = site.build.event(slug="winter", name="冬季渠道招商会", venue="云麓酒店", status=EventStatus.OPEN)
    with site.app.app_context():
        row = db.session.get_one(Event, event.id)
        materials.prepare(row)
        staff.prepare(row)
        person = StaffPerson(name="林晚晴", created_at=clock.now())
        db.session.add(person)
        db.session.flush()
        role = db.session.scalars(
            select(StaffRole).where(StaffRole.event_id == row.id, StaffRole.key == "receptionist")
        ).one()
        shift = db.session.scalars(select(Shift).where(Shift.event_id == row.id, Shift.key == "reception")).one()
        staff.assign(row, role, person, [shift])
        duty = db.session.scalars(select(Duty)).one()
        duty.state, duty.told_at, duty.told_digest = DutyState.TOLD, clock.now(), digest_of(duty)
        task = db.session.scalars(
            select(ZoneTask).join(Zone).where(Zone.key == "entrance").order_by(ZoneTask.id)
        ).first()
        assert task is not None
        task.owner_id = person.id
        token = passes.ensure(row, [person])[person.id].token
        db.session.commit()
        return f"/d/{token}", task.id


def kept(site: Site) -> dict[str, Any]:
    with site.app.app_context():
        return {
            "ticks": len(db.session.scalars(select(DutyTick)).all()),
            "duty": db.session.scalars(select(Duty)).one().state,
            "log": [(each.kind.value, each.quantity) for each in db.session.scalars(select(Movement))],
            "tasks": [each.id for each in db.session.scalars(select(ZoneTask).where(ZoneTask.done_at.is_not(None)))],
        }


def test_the_cellar_has_no_network(site, open_page, own):
    address, task = own
    page = open_page(size=PHONE, locale="zh-CN")
    page.goto(address)
    page.locator("html[data-offline=ready]").wait_for()
    page.reload()  # from now on the worker answers
    page.locator("html[data-mine=ready]").wait_for()
    page.context.set_offline(True)
    page.reload()
    page.locator("#my-line.is-off").wait_for()

    page.locator("form[data-keeps^=yes] button").click()
    page.locator("form[data-keeps^=tick] .my-tick").first.click()
    page.locator(f"form[data-keeps=task{task}] .my-tick").click()
    entry = page.locator("form[data-keeps^=count]").first
    page.locator("details:has(form[data-keeps^=count]) > summary").first.click()
    entry.locator("[name=quantity]").fill("many")
    entry.locator("button").click()
    page.locator('#my-line[data-waiting="3"]').wait_for()  # no number: nothing is kept
    entry.locator("[name=quantity]").fill("12")
    entry.locator("button").click()
    page.locator('#my-line[data-waiting="4"]').wait_for()
    assert page.locator(f"form[data-keeps=task{task}] .my-tick.is-done").count() == 1
    assert page.locator(".my-report").is_hidden()
    assert overflow(page) <= 0
    assert axe_findings(page) == []

    page.reload()  # and it is still there
    page.locator('#my-line[data-waiting="4"]').wait_for()
    assert page.locator("form[data-keeps^=tick] .my-tick.is-done").count() == 1
    assert kept(site) == {"ticks": 0, "duty": DutyState.TOLD, "log": [], "tasks": []}

    page.context.set_offline(False)
    page.locator('#my-line[data-waiting="0"]').wait_for(state="attached")
    page.locator(".my-mark .tone-success").first.wait_for()
    assert kept(site) == {"ticks": 1, "duty": DutyState.ACKNOWLEDGED, "log": [("counted", 12)], "tasks": [task]}
    page.locator(".my-waits").first.wait_for(state="detached")

    # With network it is the same page: a tick is taken back at once, and what cannot be taken says why and stays.
    page.locator("form[data-keeps^=tick] .my-tick").first.click()
    page.locator("form[data-keeps^=tick] .my-tick.is-done").wait_for(state="detached")
    page.locator('#my-line[data-waiting="0"]').wait_for(state="attached")
    page.context.set_offline(True)
    page.locator("form[data-keeps^=tick] .my-tick").nth(1).click()
    page.locator('#my-line[data-waiting="1"]').wait_for()
    with site.app.app_context():
        db.session.scalars(select(StaffRole).where(StaffRole.key == "receptionist")).one().duties = "别的事"
        db.session.commit()
    page.context.set_offline(False)
    page.locator('#my-line[data-refused="1"]').wait_for()
    page.locator("#my-line [data-seen]").click()
    page.locator("#my-line").wait_for(state="hidden")
    assert kept(site)["ticks"] == 0
