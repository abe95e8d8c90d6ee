"""Who is in and who is missing, and what the door refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import clock, names
from app.access import Role
from app.blueprints.checkin import actions
from app.blueprints.checkin.arrivals import queries
from app.blueprints.checkin.queries import holder_by_id, holder_of_badge
from app.extensions import db
from app.models import Event, EventStatus, GuestKind, Verdict
from app.models import InvitationState as S


@pytest.fixture
def event(build):
    return build.event(status=EventStatus.RUNNING)


def guest(build, event, name, state=S.FIRM, **values):
    dealer = build.dealer(contact=name, search_key=names.search_key(name), sort_key=names.sort_key(name))
    return build.invitation(event, dealer, state=state, **values)


def come(app, event, invitation, at=None, companion_id=None, scan_id=None):
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        outcome = actions.check_in(
            here,
            holder_by_id(here, invitation.id, companion_id),
            door="A",
            by_id=None,
            at=at or clock.now(),
            scan_id=scan_id or f"scan-{invitation.id}-{companion_id}",
        )
        db.session.commit()
        return outcome.verdict


def test_the_list_says_who_is_in_and_who_is_missing(app, build, event):
    client = build.client(Role.DIRECTOR)
    here = guest(build, event, "张三")
    guest(build, event, "李四")
    guest(build, event, "王五", S.DECLINED)
    come(app, event, here)
    url = f"/events/{event.slug}/arrivals/"
    assert "王五" not in client.get(url).text
    only_missing = client.get(f"{url}?presence=missing").text.partition("data-table=")[2]
    assert "李四" in only_missing
    assert "张三" not in only_missing


def test_a_rep_sees_the_own_guests_and_can_ring_them_up(build, event):
    rep = build.user(Role.SALES_REP)
    client = build.app.test_client()
    build.sign_in(client, rep)
    own = build.dealer(contact="张三")
    build.invitation(event, own, state=S.FIRM, rep_id=rep.id)
    guest(build, event, "李四")
    page = client.get(f"/events/{event.slug}/arrivals/").text
    assert "张三" in page
    assert f"tel:{own.mobile}" in page
    assert "李四" not in page


def test_the_own_missing_guests_come_first(app, build, event):
    manager = build.user(Role.SALES_MANAGER)
    client = build.app.test_client()
    build.sign_in(client, manager)
    guest(build, event, "安一")
    guest(build, event, "赵六", rep_id=manager.id)
    here = guest(build, event, "白二", rep_id=manager.id)
    come(app, event, here)
    table = client.get(f"/events/{event.slug}/arrivals/").text.partition("data-table=")[2]
    places = [table.index(name) for name in ("赵六", "安一", "白二")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("role", "sees_readiness", "sees_phone", "opens_desk"),
    [
        (Role.RECEPTION, False, True, True),
        (Role.CONTRACT_ADMINISTRATOR, True, True, False),
        (Role.DIRECTOR, True, True, False),
        (Role.PLANNER, True, True, True),
    ],
)
def test_what_each_role_sees(build, event, role, sees_readiness, sees_phone, opens_desk):
    guest(build, event, "张三")
    page = build.client(role).get(f"/events/{event.slug}/arrivals/").text
    assert "张三" in page
    assert ("readiness=" in page) is sees_readiness
    assert ("tel:" in page) is sees_phone
    assert (f"/events/{event.slug}/door/" in page.partition("data-live")[0]) is opens_desk


@pytest.mark.parametrize("role", [Role.FINANCE, Role.COMPLIANCE])
def test_who_sees_no_arrivals(build, event, role):
    for path in ("", "live?part=figures"):
        assert build.client(role).get(f"/events/{event.slug}/arrivals/{path}").status_code == 403


def test_the_list_can_be_taken_along(app, build, event):
    come(app, event, guest(build, event, "张三"), at=datetime(2026, 11, 26, 1, 7, tzinfo=UTC))
    guest(build, event, "李四")
    url = f"/events/{event.slug}/arrivals/?format=csv"
    lines = build.client(Role.PLANNER).get(url).data.decode("utf-8-sig").splitlines()
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["missing", "2026-11-26 09:07"]
    assert build.client(Role.RECEPTION).get(url).mimetype == "text/html"


def test_arrivals_fall_into_slots_of_five_minutes(app, build, event):
    nine = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    for minutes in (0, 4, 5, 17):
        invitation = guest(build, event, "张三")
        come(app, event, invitation, at=nine + timedelta(minutes=minutes, seconds=59))
    with app.app_context():
        slots = queries.arrivals_per_slot(event)
    assert slots == [(nine + timedelta(minutes=5 * n), count) for n, count in enumerate((2, 1, 0, 1))]


def test_companions_are_counted_by_themselves(app, build, event):
    invitation = guest(build, event, "张三", kind=GuestKind.MEDIA)
    (companion,) = build.companions(invitation, ["李四"])
    come(app, event, invitation)
    come(app, event, invitation, companion_id=companion.id)
    with app.app_context():
        counters = queries.counters(event)
    assert (counters.guests_in, counters.companions_in, counters.people_in) == (1, 1, 2)
    assert counters.by_kind == {GuestKind.MEDIA: (1, 1)}


def test_a_refused_scan_stands_until_the_guest_is_in(app, build, event):
    invitation = guest(build, event, "张三", S.DECLINED)
    for number in (1, 2):
        come(app, event, invitation, scan_id=f"refused-{number}")
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        told: dict[str, Any] = {"door": "", "by_id": None, "at": clock.now()}
        actions.check_in(here, holder_of_badge("NOBODY"), scan_id="unknown-1", **told)
        db.session.commit()
        refused = queries.refused_scans(event)
        assert [each.name for each in refused.guests] == ["张三"]
        assert [(each.scan.verdict, number) for each, number in refused.nameless] == [(Verdict.UNKNOWN, 1)]
        actions.check_in(here, holder_by_id(here, invitation.id), scan_id="anyway-1", overrule=True, **told)
        db.session.commit()
        assert queries.refused_scans(event).guests == []
        latest = queries.latest_scans(event)
    assert [each.can_be_undone for each in latest] == [True, False, False, False]


def test_the_live_part_changes_with_the_door(app, build, event):
    client = build.client(Role.DIRECTOR)
    url = f"/events/{event.slug}/arrivals/live?part=plots"
    first = client.get(url)
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(url.replace("plots", "nothing")).status_code == 404
    come(app, event, guest(build, event, "张三"))
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
