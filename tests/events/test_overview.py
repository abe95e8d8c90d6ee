"""The overview, and the dates of an event on it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.extensions import db
from app.models import (
    Answer,
    EventStatus,
    GuestKind,
    InvitationState,
    JournalEntry,
    Milestone,
    Readiness,
    Reply,
    Stage,
    Via,
)
from tests.build.statements import noted

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
S = InvitationState
LINKED = re.compile(r'<a class="(?:funnel-in|bars-in|stat)[^"]*" href="([^"]+guests/[^"]*)">(.*?)</a>', re.DOTALL)
VALUE = re.compile(r'(?:funnel-value|bars-value|stat-value)">(?:\d+ of )?(\d+)')


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def event(build):
    return build.event(slug="wuhan", starts_at=NOW + timedelta(days=8))


def filled(build, event, rep_id=None):
    """A guest of each state, of every kind and readiness in turn."""
    kinds, ways = list(GuestKind), list(Readiness)
    return [
        build.invitation(
            event,
            build.dealer(city=("武汉", "宜昌")[n % 2]),
            state=state,
            kind=kinds[n % len(kinds)],
            readiness=ways[n % len(ways)],
            rep_id=rep_id,
        )
        for n, state in enumerate(S)
    ]


def add(build, event, title="Print badges", **values):
    given = {"event_id": event.id, "stage": Stage.PLAN, "title": title, "due_on": date(2026, 11, 20)}
    return build.save(Milestone(**given | values))


def test_every_figure_opens_as_many_rows_as_it_counts(app, build, event):
    client = build.client(Role.PLANNER)
    filled(build, event, build.user(Role.SALES_REP).id)
    page = client.get("/events/wuhan/").text
    checked = 0
    for address, body in LINKED.findall(page):
        value = VALUE.search(body)
        if value is None:
            continue
        narrowed = address.replace("&amp;", "&")
        file = client.get(f"{narrowed}{'&' if '?' in narrowed else '?'}format=csv")
        assert len(file.text.splitlines()) - 1 == int(value[1]), address
        checked += 1
    assert checked >= 15


def test_a_rep_sees_figures_of_their_own_guests_only(app, build, event):
    rep = build.user(Role.SALES_REP)
    filled(build, event, rep.id)
    filled(build, event)
    client = app.test_client()
    build.sign_in(client, rep)
    page = client.get("/events/wuhan/").text
    listed = re.search(r'funnel-value">(\d+)', page)
    assert listed
    assert int(listed[1]) == len(S)


def test_whoever_sees_no_guests_gets_figures_without_links(build, event):
    filled(build, event)
    page = build.client(Role.FINANCE).get("/events/wuhan/").text
    assert 'class="funnel-value"' in page
    assert "/guests/" not in page


def test_the_overview_leads_with_what_is_late(build, event):
    add(build, event, "Book the hall")
    page = build.client().get("/events/wuhan/").text
    assert page.index("Book the hall") < page.index('class="life"')
    assert "is-late" in page


def test_when_nothing_is_late_it_says_so(app, build):
    event = build.event(slug="calm", starts_at=NOW + timedelta(days=60), venue="云麓酒店", contact_phone="027-1")
    build.invitation(event, state=S.FIRM, is_lead_signer=True)
    assert "alerts-calm" in build.client().get("/events/calm/").text


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
@pytest.mark.parametrize("status", list(EventStatus))
def test_it_stands_in_every_status_and_language(app, build, status, locale):
    event = build.event(slug="any", status=status, starts_at=NOW - timedelta(hours=4))
    filled(build, event)
    add(build, event)
    client = app.test_client()
    build.sign_in(client, build.user(Role.ADMINISTRATOR, locale=locale))
    assert client.get("/events/any/").status_code == 200


def test_the_overview_costs_a_fixed_number_of_queries(app, build, event):
    client = build.client()
    counts = []
    for _ in range(2):
        for guest in filled(build, event, build.user(Role.SALES_REP).id):
            build.companions(guest, ["x"])
            build.save(Reply(invitation_id=guest.id, answer=Answer.COMING, answered_at=NOW, via=Via.LINK))
        add(build, event, owner_id=build.user().id)
        with noted(app) as statements:
            client.get("/events/wuhan/")
        counts.append(len(statements))
    # Alarms: staff 5, the day 2, contracts 3, territories 1, budget 1, plan 2, seating 1, programme 5, travel 4.
    assert counts[0] == counts[1] <= 41


# --- Milestones


def rows(app):
    with app.app_context():
        return list(db.session.scalars(select(Milestone).order_by(Milestone.id)))


def test_a_milestone_is_added_and_edited(app, build, event):
    client = build.client()
    data = {"title": "Order plaques", "stage": "sign", "due_on": "2026-11-30", "owner_id": ""}
    assert client.post("/events/wuhan/milestones/new", data=data).status_code == 303
    [row] = rows(app)
    assert (row.title, row.stage, row.due_on, row.key) == ("Order plaques", Stage.SIGN, date(2026, 11, 30), None)
    data |= {"due_on": "2026-12-01", "owner_id": str(build.user().id)}
    assert client.post(f"/events/wuhan/milestones/{row.id}", data=data).status_code == 303
    assert rows(app)[0].due_on == date(2026, 12, 1)


@pytest.mark.parametrize("changed", [{"title": ""}, {"due_on": "soon"}, {"stage": "lunch"}, {"owner_id": "999"}])
def test_a_bad_milestone_comes_back(app, build, event, changed):
    data = {"title": "Order plaques", "stage": "sign", "due_on": "2026-11-30", "owner_id": ""} | changed
    assert build.client().post("/events/wuhan/milestones/new", data=data).status_code == 422
    assert rows(app) == []


def test_a_milestone_is_ticked_and_unticked(app, build, event):
    row = add(build, event)
    client = build.client()
    page = client.post(f"/events/wuhan/milestones/{row.id}/tick", follow_redirects=True)
    assert f'action="/events/wuhan/milestones/{row.id}/tick?done=0"' in page.text
    assert rows(app)[0].done_at == NOW
    client.post(f"/events/wuhan/milestones/{row.id}/tick")
    client.post(f"/events/wuhan/milestones/{row.id}/tick?done=0")
    assert rows(app)[0].done_at is None
    with app.app_context():
        actions = list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))
    assert actions == ["milestone.done", "milestone.reopened"]


def test_whoever_has_it_to_do_may_tick_it_off(app, build, event):
    affairs = build.user(Role.CONFERENCE_AFFAIRS)
    mine, other = add(build, event, owner_id=affairs.id), add(build, event, "another")
    client = app.test_client()
    build.sign_in(client, affairs)
    assert client.post(f"/events/wuhan/milestones/{mine.id}/tick").status_code == 303
    assert client.post(f"/events/wuhan/milestones/{other.id}/tick").status_code == 403
    page = client.get("/events/wuhan/").text
    assert f"/milestones/{mine.id}/tick" in page
    assert f"/milestones/{other.id}/tick" not in page


def test_a_removed_milestone_is_put_back_once(app, build, event):
    row = add(build, event, key="venue_booked")
    client = build.client()
    page = client.post(f"/events/wuhan/milestones/{row.id}/remove", follow_redirects=True)
    assert rows(app) == []
    undo = re.search(r'action="(/events/wuhan/milestones/put-back/\d+)"', page.text)
    assert undo
    assert client.post(undo[1]).status_code == 303
    [back] = rows(app)
    assert (back.title, back.key, back.due_on) == ("Print badges", "venue_booked", date(2026, 11, 20))
    again = client.post(undo[1], headers={"Accept": "application/json"})
    assert again.json["error"] == "milestone_is_back"


def test_milestones_are_reached_through_their_own_event_only(app, build, event):
    row = add(build, build.event(slug="other"))
    client = build.client()
    assert client.get(f"/events/wuhan/milestones/{row.id}").status_code == 404
    for act in ("tick", "remove"):
        assert client.post(f"/events/wuhan/milestones/{row.id}/{act}").status_code == 404
    client.post(f"/events/other/milestones/{row.id}/remove")
    with app.app_context():
        entry = db.session.scalar(select(JournalEntry.id).where(JournalEntry.action == "milestone.removed"))
    assert client.post(f"/events/wuhan/milestones/put-back/{entry}").status_code == 404


def test_an_archived_event_keeps_its_milestones_as_they_are(app, build):
    row = add(build, build.event(slug="old", status=EventStatus.ARCHIVED))
    answer = build.client().post(f"/events/old/milestones/{row.id}/tick", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "event_archived")
