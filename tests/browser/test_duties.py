"""Two people of the day on their phones: the hall lead who has nothing but this role, and a hired receptionist."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import clock, passwords, worker
from app.access import Role
from app.blueprints.materials import actions as material_actions
from app.blueprints.staff import actions as staff_actions
from app.blueprints.staff import passes
from app.extensions import db
from app.models import (
    Duty,
    DutyState,
    DutyTick,
    Event,
    File,
    Shift,
    StaffKind,
    StaffPerson,
    StaffRole,
    User,
    Zone,
    ZoneTask,
)
from tests.browser.conftest import PHONE, Site, axe_findings, overflow, sent
from tests.messages import smtp

PASSWORD = "a quiet hall at seven"


@pytest.fixture
def winter(site: Site) -> Event:
    """Our event, its standard plan and hall (the stage with two tasks and nothing else), and one of somebody else."""
    event: Event = site.build.event(slug="winter", name="冬季渠道招商会", venue="云麓酒店")
    site.build.event(slug="spring", name="春季渠道招商会")
    with site.app.app_context():
        row = db.session.get_one(Event, event.id)
        material_actions.prepare(row)
        staff_actions.prepare(row)
        for zone in db.session.scalars(select(Zone).where(Zone.event_id == row.id)):
            if zone.key != "stage":
                db.session.delete(zone)
            for task in zone.tasks[2:]:
                db.session.delete(task)
        db.session.commit()
    return event


def give(site: Site, event: Event, key: str, part: str, **person: Any) -> int:
    """Put a person into the first place of a role in a shift; returns the person's id."""
    with site.app.app_context():
        row = StaffPerson(created_at=clock.now(), **person)
        db.session.add(row)
        db.session.flush()
        role = db.session.scalars(select(StaffRole).where(StaffRole.event_id == event.id, StaffRole.key == key)).one()
        shift = db.session.scalars(select(Shift).where(Shift.event_id == event.id, Shift.key == part)).one()
        staff_actions.assign(db.session.get_one(Event, event.id), role, row, [shift])
        db.session.commit()
        return row.id


def is_fine(page: Page) -> None:
    assert overflow(page) <= 0
    assert axe_findings(page) == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_hall_lead_walks_the_hall_with_a_phone(site, open_page, winter, tmp_path, locale):
    lead = site.build.save(
        User(
            login="lead@example.com",
            name="韩卫东",
            password_hash=passwords.hashed(PASSWORD),
            created_at=clock.now(),
        )
    )
    give(site, winter, "hall_lead", "set_up", name="韩卫东", user_id=lead.id)
    Image.new("RGB", (640, 480), "green").save(tmp_path / "stage.png")
    board = open_page(Role.DIRECTOR, locale=locale)
    board.goto("/events/winter/zones/board")
    assert board.locator(".zb-zone.is-open").count() == 1

    phone = open_page(size=PHONE, locale=locale)
    phone.goto("/login")
    phone.fill("input[name=login]", "lead@example.com")
    phone.fill("input[name=password]", PASSWORD)
    phone.locator("main form button[type=submit], form .btn-primary").first.click()
    phone.wait_for_url(f"{site.url}/")
    assert "冬季渠道招商会" in phone.content()
    assert "春季渠道招商会" not in phone.content()
    answer = phone.goto("/events/spring/zones/")
    assert answer is not None
    assert answer.status == 403
    phone.goto("/events/")
    phone.get_by_role("link", name="冬季渠道招商会").first.click()
    phone.wait_for_url("**/events/winter/")
    is_fine(phone)
    phone.goto("/events/winter/zones/")
    is_fine(phone)
    first, second = phone.locator(".zone-task").all()
    first.locator("a.btn-icon").click()
    phone.set_input_files("#picture input[type=file]", tmp_path / "stage.png")
    is_fine(phone)
    phone.locator("#picture form button").click()
    phone.wait_for_url("**/zones/#task-*")
    for row in (first, second):
        row.locator("button.zone-tick").click()
        expect(row).to_have_class(re.compile("is-done"))
    phone.locator("form[action$='/accept'] button").last.click()
    phone.locator(".zone.is-accepted").wait_for()
    is_fine(phone)
    with site.app.app_context():
        zone = db.session.scalars(select(Zone)).one()
        assert zone.accepted_by_id == lead.id
        assert [task.done_by for task in zone.tasks] == ["韩卫东", "韩卫东"]
        assert zone.tasks[0].photo_id is not None
        assert db.session.scalars(select(File)).one().media_type == "image/png"
    board.reload()
    assert board.locator(".zb-zone.is-accepted").count() == 1
    assert "韩卫东" in board.locator(".zb-zone").inner_text()


@pytest.fixture
def letter_box(site: Site) -> Iterator[smtp.Server]:
    """A real mail server of the test's own."""
    state = site.app.extensions["mail"]
    with smtp.running() as (server, port):
        site.app.config["MAIL_SERVER"] = state.server = "127.0.0.1"
        state.port = port
        yield server
    site.app.config["MAIL_SERVER"] = ""


def link_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://\S+/d/[\w-]+", body.get_content())
    assert found is not None
    return found[0]


def test_a_receptionist_gets_the_notice_and_works_from_the_phone(site, open_page, winter, letter_box):
    person_id = give(
        site,
        winter,
        "receptionist",
        "reception",
        name="林晚晴",
        kind=StaffKind.RECEPTIONIST,
        mail="lin@example.com",
        locale="zh_CN",
    )
    planner = open_page(Role.PLANNER)
    planner.goto("/events/winter/staff/notices")
    planner.locator("button[name=all]").click()
    planner.wait_for_load_state("networkidle")
    with clock.stopped_at(next_morning()), site.app.app_context():
        worker.run_once(site.app)
    (mail,) = letter_box.received
    assert mail["To"] == "lin@example.com"

    phone = open_page(size=PHONE, locale="zh-CN")
    phone.goto(link_in(mail))
    is_fine(phone)
    phone.locator("button[value=acknowledge]").first.click()
    phone.locator(".sd-badge.tone-success").first.wait_for()
    assert phone.locator(".my-next").count() == 1
    with site.app.app_context():
        duty = db.session.scalars(select(Duty)).one()
        assert duty.state is DutyState.ACKNOWLEDGED
        starts_at = duty.shift.starts_at
        task = db.session.scalars(select(ZoneTask)).first()
        assert task is not None
        task.owner_id = person_id
        db.session.commit()
    with clock.stopped_at(starts_at + timedelta(minutes=5)):
        phone.reload()
        assert phone.locator(".my-now").count() == 1
        is_fine(phone)
        phone.locator(".my-duty .my-tick").first.click()
        phone.locator(".my-duty .my-tick.is-done").wait_for()
        phone.locator("[aria-labelledby=my-hall] .my-tick").click()
        phone.locator("[aria-labelledby=my-hall] .my-tick.is-done").wait_for()
        sent(phone)
        is_fine(phone)
    with site.app.app_context():
        assert len(db.session.scalars(select(DutyTick)).all()) == 1
        ticked = db.session.scalars(select(ZoneTask).where(ZoneTask.done_at.is_not(None))).one()
        assert ticked.done_by == "林晚晴"
        assert passes.of(db.session.get_one(Event, winter.id))[person_id].token in phone.url


def next_morning() -> Any:
    """Ten o'clock, when no message waits for quiet hours to pass."""
    return clock.now().replace(hour=2, minute=0) + timedelta(days=1)
