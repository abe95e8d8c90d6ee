"""What is taken off the programme comes back as it was: Undo."""

from datetime import date

import pytest
from sqlalchemy import select

from app.access import Role
from app.blueprints.programme.agenda import actions as agenda
from app.blueprints.programme.agenda.actions import Watched
from app.blueprints.programme.day import actions as day
from app.blueprints.programme.front import actions as front
from app.blueprints.programme.front.actions import Who
from app.blueprints.programme.publicity import actions as publicity
from app.blueprints.programme.putting_back import put_back
from app.models import AgendaSession, Base, FrontKind, FrontPerson, Point, PublicityEntry, RunCue

TABLES = ("agenda_sessions", "session_points", "rehearsals", "run_cues", "front_people", "publicity_entries")


@pytest.fixture
def everything(event, add, session):
    """A talk with all that hangs on it, its speaker, and a piece of publicity; what stands in the tables."""
    speaker = front.add(event, Who(FrontKind.SPEAKER, "王海", rostrum_order=1))
    row = add(0, speaker_id=speaker.id, points=[Point.MARKET, Point.MARGIN])
    agenda.log_rehearsal(event, row, Watched(date(2026, 12, 1), "赵总", "", "语速", True), None)
    day.add_cue(event, row, day.Line(-5, "暖场音乐"))
    publicity.add(event, publicity.Row("周刊", "半版广告", date(2026, 12, 1), "media"))
    session.commit()
    return lambda: {
        name: sorted(map(str, session.execute(select(Base.metadata.tables[name])).all())) for name in TABLES
    }


@pytest.mark.parametrize(
    ("model", "remove"),
    [
        (AgendaSession, agenda.remove),
        (FrontPerson, front.remove),
        (RunCue, day.remove_cue),
        (PublicityEntry, publicity.remove),
    ],
    ids=["session", "person", "cue", "publicity"],
)
def test_it_comes_back_with_all_that_went_along(event, everything, session, model, remove):
    before = everything()
    kept_id = remove(event, session.scalars(select(model)).one()).id
    session.commit()
    assert everything()[model.__tablename__] == []
    assert put_back(event, kept_id) is not None
    session.commit()
    assert everything() == before
    assert put_back(event, kept_id) is None


def test_undo_is_offered_and_is_the_planner_s(app, build):
    made = build.event()
    base, client, rep = f"/events/{made.slug}/programme", build.client(Role.PLANNER), build.client(Role.SALES_REP)
    client.post(f"{base}/template")
    shown = client.post(f"{base}/sessions/1/remove", follow_redirects=True).text
    assert f"{base}/removed/1/put-back" in shown
    assert rep.post(f"{base}/removed/1/put-back").status_code == 403
    assert client.post(f"{base}/removed/1/put-back").status_code == 303
    assert client.get(f"{base}/sessions/1").status_code == 200
    assert client.post(f"{base}/removed/1/put-back").status_code == 404
