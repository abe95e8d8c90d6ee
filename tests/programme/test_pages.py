"""The pages: who may see what, bad input, the public address, papers that open."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from icalendar import Calendar
from sqlalchemy import inspect, select

from app.access import Role
from app.blueprints.programme.agenda.slides import POWERPOINT, slides_type
from app.extensions import db
from app.models import (
    AgendaSession,
    FrontPerson,
    ProgrammePage,
    PublicityEntry,
    Rehearsal,
    RunCue,
    SessionKind,
    SessionPoint,
)
from app.models import SlideSet as Slides

PDF = b"%PDF-1.7\n" + b"x" * 50 + b"\n%%EOF\n"


def pptx(*extra):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        for name in ("[Content_Types].xml", "ppt/presentation.xml", *extra):
            parts.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (PDF, "application/pdf"),
        (PDF[:20], None),
        (pptx(), POWERPOINT),
        (pptx("ppt/vbaProject.bin"), None),
        (pptx()[:40], None),
        (b"", None),
        (b"<html>", None),
    ],
    ids=["pdf", "half a pdf", "powerpoint", "macros", "half a powerpoint", "nothing", "html"],
)
def test_what_slides_are(content, wanted):
    assert slides_type(content) == wanted


@pytest.fixture
def at(build):
    """The programme of an event that nobody holds open, and its addresses."""
    row = build.event(hall="一号厅")
    return f"/events/{row.slug}/programme"


def rows(app, kind):
    with app.app_context():
        return list(db.session.scalars(select(kind).order_by(inspect(kind).primary_key[0])))


def test_a_planner_goes_from_agenda_to_run_sheet(app, build, at):
    client = build.client(Role.PLANNER)
    assert client.get(f"{at}/").status_code == 200
    assert client.post(f"{at}/template").status_code == 303
    first = rows(app, AgendaSession)[0]
    one = f"{at}/sessions/{first.id}"
    bad = client.post(f"{one}", data={"title": "", "minutes": "zwei", "starts_at": "x", "kind": "talk"})
    assert bad.status_code == 422
    assert "zwei" in bad.text
    good = {"title": "开场", "minutes": "25", "starts_at": "2026-12-18T23:50", "kind": "talk", "points": ["market"]}
    assert client.post(f"{one}", data=good | {"along": "y"}).status_code == 303
    assert [each.point.value for each in rows(app, SessionPoint) if each.session_id == first.id] == ["market"]
    assert client.get(one).status_code == 200
    assert client.post(f"{one}/rehearsals", data={"rehearsal-held_on": "2026-12-10"}).status_code == 422
    said = {"rehearsal-held_on": "2026-12-10", "rehearsal-watched_by": "赵总", "rehearsal-to_mend": "语速"}
    assert client.post(f"{one}/rehearsals", data=said).status_code == 303
    assert [each.is_ready for each in rows(app, Rehearsal)] == [False]
    wrong = client.post(f"{one}/slides", data={"slides-file": (io.BytesIO(b"MZ"), "x.exe")})
    assert wrong.status_code == 422
    for _ in range(2):
        sent = {"slides-file": (io.BytesIO(PDF), "a.pdf"), "slides-note": "改版"}
        assert client.post(f"{one}/slides", data=sent).status_code == 303
    assert sorted(each.number for each in rows(app, Slides)) == [1, 2]
    assert client.get(f"{one}/slides/2").data == PDF
    assert client.get(f"{one}/slides/3").status_code == 404
    with zipfile.ZipFile(io.BytesIO(client.get(f"{at}/slides.zip").data)) as parts:
        assert [name.endswith("_v2.pdf") for name in parts.namelist()] == [True]
    assert client.get(f"{at}/slides.xlsx").status_code == 200
    assert client.post(f"{at}/run-sheet/cues/new", data={"session_id": first.id, "offset": ""}).status_code == 422
    said = {"session_id": first.id, "offset": "-5", "what": "暖场音乐"}
    assert client.post(f"{at}/run-sheet/cues/new", data=said).status_code == 303
    cue = next(each for each in rows(app, RunCue) if each.offset == -5)
    assert client.post(f"{at}/run-sheet/cues/{cue.id}/tick").status_code == 303
    assert client.post(f"{at}/run-sheet/sessions/{first.id}/begin").status_code == 303
    assert client.post(f"{at}/run-sheet/sessions/{first.id}/other").status_code == 404
    for page in ("", "coverage", "rehearsals", "run-sheet", f"run-sheet/cues/{cue.id}", "sessions/new"):
        assert client.get(f"{at}/{page}").status_code == 200, page
    assert client.post(f"{one}/remove").status_code == 303


def test_people_and_publicity(app, build, at):
    client = build.client(Role.PLANNER)
    assert client.post(f"{at}/front/new", data={"kind": "speaker"}).status_code == 422
    said = {"kind": "leader", "name": "赵建国", "name_en": "Zhao Jianguo", "title": "总经理", "rostrum_order": "1"}
    assert client.post(f"{at}/front/new", data=said).status_code == 303
    (person,) = rows(app, FrontPerson)
    assert client.get(f"{at}/front/{person.id}").status_code == 200
    wrong = {
        "medium": "周刊",
        "piece": "广告",
        "due_on": "2026-12-01",
        "cost_line": "media",
        "proof_url": "javascript:x",
    }
    assert client.post(f"{at}/publicity/new", data=wrong).status_code == 422
    good = wrong | {"proof_url": "https://example.com/a", "cost": "1200.50"}
    assert client.post(f"{at}/publicity/new", data=good).status_code == 303
    (entry,) = rows(app, PublicityEntry)
    assert (entry.cost, entry.due_on) == (Decimal("1200.50"), date(2026, 12, 1))
    for page in ("front/", "front/new", "publicity/", "publicity/new", f"publicity/{entry.id}"):
        assert client.get(f"{at}/{page}").status_code == 200, page
    for name in ("cards", "programme", "run-sheet"):
        for language in ("zh_CN", "en"):
            paper = client.get(f"{at}/print/{name}.pdf?language={language}")
            assert paper.data.startswith(b"%PDF"), name
    rep = build.client(Role.SALES_REP)
    assert "1,200.50" not in rep.get(f"{at}/publicity/").text
    assert rep.post(f"{at}/publicity/new", data=good).status_code == 403
    assert rep.post(f"{at}/template").status_code == 403
    assert rep.post(f"{at}/front/tell").status_code == 403


def test_guests_read_what_is_public_and_nothing_else(app, build, at):
    client = build.client(Role.PLANNER)
    client.post(f"{at}/template")
    hidden = rows(app, AgendaSession)[0]
    good = {"title": "内部彩排", "minutes": "20", "starts_at": "2026-12-18T09:00", "kind": "ceremony"}
    assert client.post(f"{at}/sessions/{hidden.id}", data=good).status_code == 303
    assert client.post(f"{at}/open").status_code == 303
    (page,) = rows(app, ProgrammePage)
    stranger = app.test_client()
    answer = stranger.get(f"/p/{page.token}")
    assert answer.status_code == 200
    for name in ("", ".ics", ".pdf"):
        headers = stranger.get(f"/p/{page.token}{name}").headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"].startswith("noindex")
    assert "内部彩排" not in answer.text
    entries = Calendar.from_ical(stranger.get(f"/p/{page.token}.ics").data).walk("VEVENT")
    assert len(entries) == len(rows(app, AgendaSession)) - 1
    assert stranger.get(f"/p/{page.token}.pdf").data.startswith(b"%PDF")
    assert stranger.get("/p/" + "x" * 40).status_code == 404
    client.post(f"{at}/close")
    assert stranger.get(f"/p/{page.token}").status_code == 404


def test_another_event_s_session_is_not_found(app, build, at):
    client = build.client(Role.PLANNER)
    client.post(f"{at}/template")
    first = rows(app, AgendaSession)[0]
    other = build.event(slug="another-one")
    assert client.get(f"/events/{other.slug}/programme/sessions/{first.id}").status_code == 404


def test_a_session_s_page_shows_what_it_covers_and_can_be_loaded_again(app, build, at):
    client = build.client(Role.PLANNER)
    client.post(f"{at}/template")
    talk = next(each for each in rows(app, AgendaSession) if each.kind is SessionKind.TALK)
    shown = client.get(f"{at}/sessions/{talk.id}").text
    ticked = re.findall(r'<input[^>]*checked[^>]*name="points"[^>]*value="(\w+)"', shown)
    assert ticked == [each.point.value for each in rows(app, SessionPoint) if each.session_id == talk.id] != []
    for part in ("slides", "rehearsals"):
        assert client.post(f"{at}/sessions/{talk.id}/{part}").status_code == 422
        assert client.get(f"{at}/sessions/{talk.id}/{part}").status_code == 303


def test_a_session_over_midnight_in_another_zone_is_kept_as_the_clock_on_the_wall_shows_it(app, build):
    event = build.event(time_zone="Asia/Urumqi")
    base, client = f"/events/{event.slug}/programme", build.client(Role.PLANNER)
    late = {"title": "晚宴", "kind": "meal", "minutes": "90", "starts_at": "2026-12-18T23:30", "version": "1"}
    assert client.post(f"{base}/sessions/new", data=late).status_code == 303
    (row,) = rows(app, AgendaSession)
    assert (row.starts_at, row.ends_at) == (
        datetime(2026, 12, 18, 17, 30, tzinfo=UTC),
        datetime(2026, 12, 18, 19, tzinfo=UTC),
    )
    shown = client.get(f"{base}/sessions/{row.id}").text
    assert 'value="2026-12-18T23:30"' in shown
    assert "01:00" in shown  # of the next day
    for minutes in ("0", "-5", "1441", "ninety"):
        assert client.post(f"{base}/sessions/{row.id}", data=late | {"minutes": minutes}).status_code == 422
