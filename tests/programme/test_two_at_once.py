"""Two planners edit one record: the second is told, and nothing either of them typed is lost."""

import pytest

from app.access import Role
from app.blueprints.programme.agenda.actions import Said
from app.blueprints.programme.agenda.actions import edit as edit_session
from app.blueprints.programme.day import actions as day
from app.blueprints.programme.front import actions as front
from app.blueprints.programme.front.actions import Who
from app.blueprints.programme.publicity import actions as publicity
from app.blueprints.programme.publicity.actions import Row
from app.models import FrontKind, Point
from tests.programme.conftest import NOW, START


@pytest.fixture
def planner_at(build, event, session):
    """The second planner, with the address of the programme."""
    base = f"/events/{event.slug}/programme"
    session.commit()  # SQLite has one writer
    return build.client(Role.PLANNER), base


def test_a_session(event, add, session, planner_at):
    client, base = planner_at
    row = add(0, points=[Point.MARKET])
    url, mine = f"{base}/sessions/{row.id}", {"kind": "talk", "starts_at": "2026-12-18T09:00", "minutes": "40"}
    mine |= {"version": str(row.version), "title": "市场与产品", "room": "一号厅", "points": "market", "is_public": "y"}
    edit_session(event, row, Said(row.kind, "市场", START, 30, room="一号厅", points=[Point.MARKET]))
    session.commit()
    refused = client.post(url, data=mine)
    assert refused.status_code == 409
    assert 'value="40"' in refused.text  # what was typed
    assert refused.text.count("<td data-label=") == 4  # title and minutes, theirs and mine
    session.rollback()
    assert (row.title, row.minutes) == ("市场", 30)
    again = mine | {"version": str(row.version)}
    session.rollback()
    assert client.post(url, data=again).status_code == 303
    session.rollback()
    assert (row.title, row.minutes, row.covered) == ("市场与产品", 40, {Point.MARKET})


def test_what_began_meanwhile_or_was_typed_alike_is_no_difference(event, add, session, planner_at):
    client, base = planner_at
    row = add(0)
    mine = {"kind": "talk", "starts_at": "2026-12-18T09:00", "minutes": "30", "title": row.title, "room": row.room}
    mine |= {"version": str(row.version), "is_public": "y"}
    day.begin(event, row)
    session.commit()
    assert client.post(f"{base}/sessions/{row.id}", data=mine).status_code == 303


def test_a_cue_a_person_and_a_piece_of_publicity(event, add, session, planner_at):
    client, base = planner_at
    cue = day.add_cue(event, add(0), day.Line(0, "暖场"))
    person = front.add(event, Who(FrontKind.SPEAKER, "王海"))
    piece = publicity.add(event, Row("周刊", "广告", NOW.date(), "media"))
    session.commit()
    typed: dict[str, dict[str, str]] = {
        f"run-sheet/cues/{cue.id}": {"session_id": str(cue.session_id), "offset": "0", "what": "灯光"},
        f"front/{person.id}": {"kind": "speaker", "name": "王海", "title": "经理"},
        f"publicity/{piece.id}": {"medium": "周刊", "piece": "专访", "due_on": "2026-12-17", "cost_line": "media"},
    }
    assert all(
        client.post(f"{base}/{at}", data=data | {"version": "1"}).status_code == 303 for at, data in typed.items()
    )
    for at, data in typed.items():
        other = {key: value for key, value in data.items() if key not in ("what", "title", "piece")}
        other |= {"what": "音乐", "title": "总监", "piece": "新闻", "version": "1"}
        refused = client.post(f"{base}/{at}", data=other)
        assert refused.status_code == 409, at
        assert any(f'value="{word}"' in refused.text for word in ("音乐", "总监", "新闻"))
    session.rollback()
    assert (cue.what, person.title, piece.piece) == ("灯光", "经理", "专访")
