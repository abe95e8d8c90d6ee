"""Zones, tasks and the site visit: what is ticked stays ticked, what is opened again is accepted no more."""

import subprocess
from io import BytesIO

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.materials import actions
from app.models import Fitness, HallRequirement, JournalEntry, Material, StaffPerson, Zone, ZoneTask
from tests.materials.conftest import NOW
from tests.materials.test_pages import PNG


@pytest.fixture
def prepared(event, session):
    made = event()
    actions.prepare(made)
    session.commit()
    return made


@pytest.fixture
def zone(prepared, session):
    return session.scalar(select(Zone).where(Zone.event_id == prepared.id, Zone.key == "stage"))


@pytest.fixture
def task(zone):
    return zone.tasks[0]


@pytest.fixture(params=[(Role.FINANCE, 200), (Role.RECEPTION, 403)], ids=["looks", "sees nothing"])
def other_client(build, request):
    role, looks = request.param
    return build.client(role), looks


@pytest.fixture
def requirement(prepared, session):
    return session.scalar(select(HallRequirement).where(HallRequirement.event_id == prepared.id))


@pytest.fixture
def post(planner, prepared, session):
    base = f"/events/{prepared.slug}/zones/"

    def send(path, **data):
        session.commit()
        answer = planner.post(base + path, data=data, content_type="multipart/form-data")
        session.expire_all()
        return answer.status_code

    return send


def picture(content, name="现场.png"):
    return (BytesIO(content), name)


def codes(session):
    return list(session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


@pytest.mark.parametrize("path", ["", "board", "board/live", "site", "new", "sheet.pdf"])
def test_pages_open(planner, prepared, session, path):
    slug = prepared.slug
    session.commit()
    assert planner.get(f"/events/{slug}/zones/{path}").status_code == 200


def test_pages_open_before_anything_is_there(planner, build):
    made = build.event()
    for path in ("", "board", "site", "sheet.pdf"):
        assert planner.get(f"/events/{made.slug}/zones/{path}").status_code == 200


def test_tick_and_undo(post, task, session):
    assert post(f"tasks/{task.id}/tick") == 303
    assert task.done_at == NOW
    assert task.done_by
    first = task.version
    assert post(f"tasks/{task.id}/tick") == 303
    assert task.version == first
    assert post(f"tasks/{task.id}/untick") == 303
    assert (task.done_at, task.done_by) == (None, "")
    assert codes(session)[-2:] == ["zone_task.done", "zone_task.opened"]


def test_a_zone_is_accepted_only_when_all_of_it_stands(post, zone, session):
    assert post(f"{zone.id}/accept") == 409
    assert zone.accepted_at is None
    for each in list(zone.tasks):
        post(f"tasks/{each.id}/tick")
    assert post(f"{zone.id}/accept") == 303
    assert zone.accepted_at == NOW
    assert zone.accepted_by_id
    assert post(f"{zone.id}/take-back") == 303
    assert zone.accepted_at is None


@pytest.mark.parametrize("opened_by", ["untick", "add"])
def test_what_opens_a_zone_takes_its_acceptance_back(post, zone, opened_by):
    for each in list(zone.tasks):
        post(f"tasks/{each.id}/tick")
    post(f"{zone.id}/accept")
    if opened_by == "untick":
        post(f"tasks/{zone.tasks[0].id}/untick")
    else:
        post(f"{zone.id}/tasks/new", text="绿植")
    assert zone.accepted_at is None


def test_a_task_is_given_to_somebody_with_time_and_material(post, build, task, prepared, session):
    session.commit()
    person = build.save(StaffPerson(name="韩卫东", created_at=NOW))
    material = session.scalar(select(Material.id).where(Material.event_id == prepared.id))
    values = {"text": "背板", "owner_id": person.id, "due_at": "2026-12-17T20:00", "material_id": material}
    assert post(f"tasks/{task.id}", **values) == 303
    assert (task.text, task.owner_id, task.material_id) == ("背板", person.id, material)
    assert task.due_at.isoformat() == "2026-12-17T12:00:00+00:00"


@pytest.mark.parametrize(
    "values",
    [{"text": ""}, {"text": "长" * 201}, {"text": "背板", "due_at": "morgen"}, {"text": "背板", "owner_id": "99"}],
)
def test_bad_input_comes_back(post, task, values):
    before = task.text
    assert post(f"tasks/{task.id}", **values) == 422
    assert task.text == before


def test_zones_and_tasks_come_and_go(post, prepared, zone, session):
    assert post("new", name="签约区") == 303
    added = session.scalar(select(Zone).where(Zone.event_id == prepared.id, Zone.name == "签约区"))
    assert post(f"{added.id}/edit", name="签约台") == 303
    assert added.name == "签约台"
    assert post(f"{added.id}/tasks/new", text="签约桌") == 303
    task_id = added.tasks[0].id
    assert post(f"tasks/{task_id}/remove") == 303
    assert session.get(ZoneTask, task_id) is None
    zone_id, held = zone.id, list(session.scalars(select(Material.id).where(Material.zone_id == zone.id)))
    assert post(f"{zone_id}/remove") == 303
    assert session.get(Zone, zone_id) is None
    assert held
    assert all(session.get(Material, each).zone_id is None for each in held)


def test_a_picture_is_looked_at_before_it_is_kept(post, planner, task, prepared, session):
    address = f"/events/{prepared.slug}/zones/tasks/{task.id}/photo"
    session.commit()
    assert planner.get(address).status_code == 404
    assert post(f"tasks/{task.id}/photo", file=picture(b"<html>", "a.png")) == 422
    assert post(f"tasks/{task.id}/photo", file=picture(PNG)) == 303
    answer = planner.get(address)
    assert (answer.status_code, answer.content_type, answer.data) == (200, "image/png", PNG)


def test_the_site_visit(post, planner, requirement, prepared, session):
    base = f"site/{requirement.id}"
    assert post(base, fitness="fails", note="灯光偏暗", file=picture(PNG)) == 303
    assert (requirement.fitness, requirement.note, requirement.checked_at) == (Fitness.FAILS, "灯光偏暗", NOW)
    address = f"/events/{prepared.slug}/zones/{base}/photo"
    session.commit()
    assert planner.get(address).data == PNG
    assert post(f"{base}/fits") == 303
    assert (requirement.fitness, requirement.note) == (Fitness.FITS, "灯光偏暗")
    assert post(base, fitness="fails", file=picture(b"GIF89a", "a.gif")) == 422
    assert requirement.fitness is Fitness.FITS
    assert post("site/new", text="") == 422
    assert post("site/new", text="有货梯") == 303
    assert post(f"{base}/remove") == 303


def test_what_belongs_to_another_event_is_not_found(planner, build, task, zone, requirement, session):
    ids = (task.id, zone.id, requirement.id)
    session.commit()
    other = build.event().slug
    task_id, zone_id, requirement_id = ids
    paths = (f"tasks/{task_id}/tick", f"{zone_id}/accept", f"{zone_id}/remove", f"site/{requirement_id}/fits")
    for path in paths:
        assert planner.post(f"/events/{other}/zones/{path}").status_code == 404
    for path in (f"tasks/{task_id}", f"tasks/{task_id}/photo", f"{zone_id}/edit", f"site/{requirement_id}/photo"):
        assert planner.get(f"/events/{other}/zones/{path}").status_code == 404


def test_who_may_look_may_not_touch(other_client, task, zone, requirement, prepared, session):
    client, looks = other_client
    base = f"/events/{prepared.slug}/zones/"
    paths = (f"tasks/{task.id}/tick", f"tasks/{task.id}/photo", f"{zone.id}/accept", f"site/{requirement.id}")
    session.commit()
    for path in ("", "board", "site", "sheet.pdf"):
        assert client.get(base + path).status_code == looks
    for path in (*paths, "new", "site/new"):
        assert client.post(base + path).status_code == 403


def test_an_archived_event_stays_as_it_is(post, task, prepared, session):
    prepared.status = "archived"
    assert post(f"tasks/{task.id}/tick") == 409
    assert task.done_at is None


@pytest.mark.parametrize(("language", "title"), [("zh_CN", "会场分区单"), ("en", "Zone sheet")])
def test_the_sheet_holds_every_zone_and_task(planner, prepared, session, language, title):
    wanted = [zone.name for zone in session.scalars(select(Zone))]
    wanted += [task.text for task in session.scalars(select(ZoneTask))]
    slug = prepared.slug
    session.commit()
    content = planner.get(f"/events/{slug}/zones/sheet.pdf?language={language}").data
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    text = "".join(done.stdout.decode().split())
    for each in (title, *wanted):
        assert "".join(each.split()) in text, each


def test_what_somebody_else_has_saved_is_not_overwritten_unknowingly(post, task):
    version = task.version
    assert post(f"tasks/{task.id}", text="先改的", version=version) == 303
    assert post(f"tasks/{task.id}", text="后改的", version=version) == 409
    assert task.text == "先改的"
    assert post(f"tasks/{task.id}", text="后改的", version=task.version) == 303
    assert task.text == "后改的"
