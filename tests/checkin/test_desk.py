"""The desk's page: every verdict, search, undo, and who may stand there."""

from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from app import clock, names, tokens
from app.access import Role
from app.extensions import db
from app.models import Arrival, EventStatus, Invitation, JournalEntry, Scan, Verdict
from app.models import InvitationState as S
from tests.conftest import make_app

AJAX = {"HX-Request": "true"}


@pytest.fixture
def event(build):
    return build.event(status=EventStatus.RUNNING)


@pytest.fixture
def door(event):
    return f"/events/{event.slug}/door/"


@pytest.fixture
def desk(build):
    client = build.client(Role.RECEPTION)
    client.set_cookie("door", quote("1 号签到台"))
    return client


def guest(build, event, name="张三", state=S.FIRM, **values):
    dealer = build.dealer(contact=name, search_key=names.search_key(name), company=f"{name}的公司")
    invitation = build.invitation(event, dealer, state=state, **values)
    return invitation, build.badge(invitation)


def rows(app, model):
    with app.app_context():
        found = list(db.session.scalars(select(model).order_by(model.id)))
        db.session.expunge_all()
        return found


def verdict_of(answer):
    return answer.headers["X-Desk"]


def test_a_badge_is_welcomed(app, build, event, door, desk):
    _, badge = guest(build, event, table_label="7", host_notes="引导至主席台")
    answer = desk.post(door, data={"code": f"HTTP://X/B/{badge.code}", "scan_id": "scan-0001"})
    assert (answer.status_code, verdict_of(answer)) == (200, "admit")
    for told in ("张三", "张三的公司", "Table 7", "引导至主席台"):
        assert told in answer.text
    (arrival,) = rows(app, Arrival)
    assert (arrival.door, arrival.scan_id) == ("1 号签到台", "scan-0001")
    assert (desk.post(door, data={"code": badge.code}).headers["X-Desk"]) == "already_in"


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (S.ACCEPTED, "admit"),
        (S.SILENT, "admit"),
        (S.DECLINED, "declined"),
        (S.DECLINED_LATE, "declined"),
        (S.LISTED, "not_invited"),
        (S.WAITING, "waiting"),
    ],
)
def test_every_state_has_its_verdict(app, build, event, door, desk, state, verdict):
    invitation, badge = guest(build, event, state=state)
    answer = desk.post(door, data={"code": badge.code})
    assert (answer.status_code, verdict_of(answer)) == (200, verdict)
    (scan,) = rows(app, Scan)
    assert (scan.verdict, scan.invitation_id) == (Verdict(verdict), invitation.id)
    assert len(rows(app, Arrival)) == (verdict == "admit")


def test_a_refused_guest_is_let_in_anyway(app, build, event, door, desk):
    invitation, badge = guest(build, event, state=S.DECLINED)
    desk.post(door, data={"code": badge.code})
    answer = desk.post(door, data={"invitation_id": invitation.id, "overrule": "1"})
    assert verdict_of(answer) == "admit"
    assert "arrival.overruled" in {entry.action for entry in rows(app, JournalEntry)}


def test_badges_that_are_not_ours_tell_nothing(app, build, event, door, desk):
    _, badge = guest(build, build.event(), "别人")
    for code, verdict in ((badge.code, "other_event"), (tokens.new_badge_code(), "unknown")):
        answer = desk.post(door, data={"code": code})
        assert (answer.status_code, verdict_of(answer)) == (200, verdict)
        assert "别人" not in answer.text
    assert [scan.invitation_id for scan in rows(app, Scan)] == [None, None]


def test_a_revoked_badge_names_its_bearer_who_is_then_let_in_by_name(app, build, event, door, desk):
    invitation, _ = guest(build, event)
    old = build.badge(invitation, revoked_at=clock.now())
    answer = desk.post(door, data={"code": old.code})
    assert verdict_of(answer) == "revoked"
    assert "张三" in answer.text
    assert verdict_of(desk.post(door, data={"invitation_id": invitation.id})) == "admit"


@pytest.mark.parametrize("code", ["", "张", "12345", "http://x/c/0000", "0" * 8 + "1", "x" * 400])
def test_what_is_no_code_is_refused(app, build, event, door, desk, code):
    assert desk.post(door, data={"code": code}).status_code == 422
    assert rows(app, Scan) == []


def test_typing_a_name_into_the_field_finds_the_guest(build, event, door, desk):
    guest(build, event, "欧阳建国")
    answer = desk.post(door, data={"code": "ouyang"})
    assert answer.status_code == 422
    assert "欧阳建国" in answer.text


@pytest.mark.parametrize("q", ["张三", "zs", "zhangsan", "张三的公", "同行人"])
def test_search_finds_by_name_pinyin_company_and_companion(build, event, door, desk, q):
    dealer = build.dealer(contact="张三", search_key=names.search_key("张三", "张三的公司"))
    build.companions(build.invitation(event, dealer, state=S.FIRM), ["同行人"])
    guest(build, build.event(), "张三丰")
    for headers in ({}, AJAX):
        page = desk.get(door, query_string={"q": q}, headers=headers).text
        assert "张三" in page
        assert "张三丰" not in page


def test_companions_come_in_by_their_own_button(app, build, event, door, desk):
    invitation, badge = guest(build, event)
    first, second = build.companions(invitation, ["李四", "王五"])
    page = desk.post(door, data={"code": badge.code}).text
    assert "李四" in page
    answer = desk.post(door, data={"invitation_id": invitation.id, "companion_id": second.id})
    assert verdict_of(answer) == "admit"
    assert {arrival.companion_id for arrival in rows(app, Arrival)} == {None, second.id}
    other, _ = guest(build, event, "赵六")
    wrong = desk.post(door, data={"invitation_id": other.id, "companion_id": first.id})
    assert wrong.status_code == 404


def test_undo_takes_the_arrival_back(app, build, event, door, desk):
    invitation, badge = guest(build, event)
    desk.post(door, data={"code": badge.code, "scan_id": "scan-0001"})
    undo = f"{door}scans/scan-0001/undo"
    assert desk.post(undo, headers=AJAX).status_code == 200
    assert rows(app, Arrival) == []
    with app.app_context():
        assert db.session.get_one(Invitation, invitation.id).state is S.FIRM
    assert desk.post(undo, headers=AJAX).status_code == 409
    assert desk.post(f"{door}scans/nothing-there/undo").status_code == 404
    desk.post(door, data={"code": badge.code, "scan_id": "scan-0002"})
    assert desk.post(f"{door}scans/scan-0002/undo").status_code == 303


def test_the_same_form_sent_twice_is_one_scan(app, build, event, door, desk):
    _, badge = guest(build, event)
    for _ in range(2):
        answer = desk.post(door, data={"code": badge.code, "scan_id": "the-same-one"})
        assert verdict_of(answer) == "admit"
    assert len(rows(app, Scan)) == 1


@pytest.mark.parametrize("scan_id", ["short", "x" * 41, "with blank", "<script>"])
def test_strange_ids_of_scans_are_refused(app, build, event, door, desk, scan_id):
    _, badge = guest(build, event)
    assert desk.post(door, data={"code": badge.code, "scan_id": scan_id}).status_code == 422
    assert rows(app, Scan) == []


def test_a_guest_of_another_event_cannot_be_let_in_by_id(app, build, event, door, desk):
    other, _ = guest(build, build.event(), "别人")
    assert desk.post(door, data={"invitation_id": other.id}).status_code == 404
    assert rows(app, Scan) == []


def test_a_scan_of_another_event_cannot_be_undone(build, event, door, desk):
    other = build.event()
    _, badge = guest(build, other, "别人")
    desk.post(f"/events/{other.slug}/door/", data={"code": badge.code, "scan_id": "scan-0001"})
    assert desk.post(f"{door}scans/scan-0001/undo").status_code == 404


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED])
def test_a_closed_door_says_so(app, build, desk, status):
    event = build.event(status=status)
    _, badge = guest(build, event)
    door = f"/events/{event.slug}/door/"
    assert desk.get(door).status_code == 200
    assert desk.post(door, data={"code": badge.code}, headers=AJAX).status_code == 409
    assert rows(app, Scan) == []


def test_the_desk_asks_once_where_it_stands(build, event, door):
    client = build.client(Role.RECEPTION)
    assert 'name="code"' not in client.get(door).text
    assert client.post(f"{door}name", data={"door": " "}).status_code == 422
    assert client.post(f"{door}name", data={"door": "2 号签到台"}).status_code == 303
    page = client.get(door).text
    assert 'name="code"' in page
    assert "2 号签到台" in page


@pytest.mark.parametrize("role", list(Role))
def test_who_may_stand_at_the_desk(build, event, door, role):
    client = build.client(role)
    may = role in {Role.ADMINISTRATOR, Role.PLANNER, Role.CONFERENCE_AFFAIRS, Role.RECEPTION}
    assert client.get(door).status_code == (200 if may else 403)
    assert client.post(door, data={"code": "x"}).status_code == (422 if may else 403)
    assert client.get(f"{door}live").status_code == (200 if may else 403)


def test_nobody_stands_there_without_signing_in(client, door):
    assert client.get(door).status_code == 303
    assert client.post(door, headers=AJAX).status_code == 401


def test_only_this_page_may_compile_the_decoder(desk, event, door):
    assert "'wasm-unsafe-eval'" in desk.get(door).headers["Content-Security-Policy"]
    other = desk.get(f"/events/{event.slug}/arrivals/").headers["Content-Security-Policy"]
    assert "wasm-unsafe-eval" not in other


def test_the_token_against_forgery_is_wanted(build, event, door, template_home, tmp_path):
    app = make_app(tmp_path, csrf=True)
    assert app.test_client().post(door).status_code == 400


def test_live_figures_are_not_sent_twice(build, event, door, desk):
    _, badge = guest(build, event)
    first = desk.get(f"{door}live")
    mark = {"If-None-Match": first.headers["ETag"]}
    again = desk.get(f"{door}live", headers=mark)
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    desk.post(door, data={"code": badge.code, "scan_id": "scan-0001"})
    changed = desk.get(f"{door}live", headers=mark)
    assert changed.status_code == 200
    assert "张三" in changed.text
    desk.post(f"{door}scans/scan-0001/undo")
    assert desk.get(f"{door}live", headers={"If-None-Match": changed.headers["ETag"]}).status_code == 200


def test_a_badge_page_sends_to_the_desk(app, build, event, desk):
    _, badge = guest(build, event)
    assert f"/events/{event.slug}/door/" in desk.get(f"/B/{badge.code}").text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Scan)) == 0
