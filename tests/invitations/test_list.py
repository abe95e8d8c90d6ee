"""The invite list: finding, narrowing, editing, inviting, and whose list one sees."""

import pytest
from sqlalchemy import func, select

from app import names, worker
from app.access import Role
from app.extensions import db
from app.models import EventStatus, Invitation, JournalEntry, Message, Readiness
from app.models import InvitationState as S
from tests.build.statements import noted


@pytest.fixture
def event(build):
    return build.event(slug="here")


def guest(build, event, contact, company="测试商贸有限公司", **values):
    mobile = values.pop("mobile", None)
    dealer = build.dealer(
        contact=contact,
        company=company,
        search_key=names.search_key(contact, company, mobile or ""),
        sort_key=names.sort_key(contact),
        **({"mobile": mobile} if mobile else {}),
    )
    return build.invitation(event, dealer, **values)


def rows_of(page):
    return page.text.count('<tr role="row" class="dt-row"')


@pytest.mark.parametrize("query", ["张三", "zs", "zhangs", "zhangsan", "5678", "永发"])
def test_search_by_name_pinyin_initials_phone_and_company(build, event, query):
    guest(build, event, "张三", "杭州永发商贸有限公司", mobile="+8613812345678")
    guest(build, event, "李四", "宁波海丰贸易有限公司", mobile="+8613900001111")
    page = build.client(Role.PLANNER).get("/events/here/guests/", query_string={"q": query})
    assert page.status_code == 200
    assert rows_of(page) == 1
    assert "张三" in page.text


def test_chips_narrow_and_widen(build, event):
    guest(build, event, "张三", state=S.FIRM, readiness=Readiness.READY)
    guest(build, event, "李四", state=S.SILENT, readiness=Readiness.READY)
    guest(build, event, "王五", state=S.SILENT, readiness=Readiness.WAVERING)
    client = build.client(Role.PLANNER)
    for address, expected in (
        ("?state=firm", 1),
        ("?state=firm&state=silent", 3),
        ("?state=silent&readiness=ready", 1),
        ("?state=nonsense", 3),
        ("?rep=none", 3),
        ("?page=99", 3),
        ("?sort=-contact", 3),
    ):
        assert rows_of(client.get("/events/here/guests/" + address)) == expected, address


def test_a_rep_sees_and_touches_only_their_own(build, event, app):
    rep = build.user(Role.SALES_REP)
    mine = guest(build, event, "张三", rep_id=rep.id)
    other = guest(build, event, "李四")
    client = app.test_client()
    build.sign_in(client, rep)
    assert rows_of(client.get("/events/here/guests/")) == 1
    assert client.get(f"/events/here/guests/{mine.id}").status_code == 200
    for way in ("", "/edit"):
        assert client.get(f"/events/here/guests/{other.id}{way}").status_code == 404
    client.post("/events/here/guests/invite", data={"ids": [mine.id, other.id]})
    with app.app_context():
        assert db.session.get_one(Invitation, mine.id).state is S.INVITED
        assert db.session.get_one(Invitation, other.id).state is S.LISTED


def test_another_events_guest_is_not_found(build, event):
    elsewhere = guest(build, build.event(slug="there"), "张三")
    client = build.client(Role.PLANNER)
    for way in ("", "/edit"):
        assert client.get(f"/events/here/guests/{elsewhere.id}{way}").status_code == 404
    assert client.post(f"/events/here/guests/{elsewhere.id}/remove").status_code == 404


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.FINANCE, Role.COMPLIANCE])
def test_who_has_no_business_here(build, event, role):
    client = build.client(role)
    assert client.get("/events/here/guests/").status_code == 403
    assert client.post("/events/here/guests/invite").status_code == 403


FORM = {
    "company": "杭州永发商贸有限公司",
    "contact": "张三",
    "mobile": "138 1234 5678",
    "kind": "dealer",
    "readiness": "ready",
    "companions_allowed": "2",
    "expected_amount": "120000",
}


def test_a_guest_is_added_and_edited_with_a_journal(build, event, app):
    client = build.client(Role.PLANNER)
    assert client.post("/events/here/guests/new", data=FORM).status_code == 303
    with app.app_context():
        invitation = db.session.scalars(select(Invitation)).one()
        invitation_id = invitation.id
        assert invitation.dealer.mobile == "+8613812345678"
        assert invitation.readiness is Readiness.READY
    answer = client.post(
        f"/events/here/guests/{invitation_id}/edit", data={**FORM, "readiness": "wavering", "table_label": "7"}
    )
    assert answer.status_code == 303
    with app.app_context():
        edited = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "invitation.edited")).one()
        assert edited.changes["readiness"] == ["ready", "wavering"]
        assert edited.changes["table_label"] == ["", "7"]


@pytest.mark.parametrize(
    "wrong", [{"company": ""}, {"mobile": "12345"}, {"companions_allowed": "-1"}, {"kind": "king"}]
)
def test_bad_input_changes_nothing_and_is_kept(build, event, app, wrong):
    client = build.client(Role.PLANNER)
    answer = client.post("/events/here/guests/new", data=FORM | wrong)
    assert answer.status_code == 422
    assert "张三" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_a_dealer_is_on_a_list_once(build, event):
    client = build.client(Role.PLANNER)
    client.post("/events/here/guests/new", data=FORM)
    answer = client.post("/events/here/guests/new", data=FORM, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "already_listed")


def test_inviting_writes_one_message_each_and_says_who_cannot_be_reached(build, event, app):
    reachable = guest(build, event, "张三")
    unreachable = build.invitation(event, build.dealer(mail=None, mobile=None))
    client = build.client(Role.PLANNER)
    for _ in range(2):
        client.post("/events/here/guests/invite", data={"ids": [reachable.id, unreachable.id]})
    with app.app_context():
        assert [each.invitation_id for each in db.session.scalars(select(Message))] == [reachable.id]
        assert db.session.get_one(Invitation, unreachable.id).state is S.LISTED


def test_nobody_is_invited_to_a_draft(build, app):
    event = build.event(slug="draft", status=EventStatus.DRAFT)
    invitation = guest(build, event, "张三")
    client = build.client(Role.PLANNER)
    answer = client.post(
        "/events/draft/guests/invite", data={"ids": [invitation.id]}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json["error"]) == (409, "event_not_open")


def test_everyone_listed_is_invited_by_a_job(build, event, app):
    for n in range(5):
        guest(build, event, f"张{n}")
    build.client(Role.PLANNER).post("/events/here/guests/invite-listed")
    with app.app_context():
        worker.run_once(app)
        assert set(db.session.scalars(select(Invitation.state))) == {S.INVITED}
        assert db.session.scalar(select(func.count()).select_from(Message)) == 5


def test_several_get_a_rep_at_once(build, event, app):
    rep = build.user(Role.SALES_REP)
    ids = [guest(build, event, name).id for name in ("张三", "李四")]
    client = build.client(Role.PLANNER)
    assert client.get("/events/here/guests/assign", query_string={"ids": ids}).status_code == 200
    assert client.post("/events/here/guests/assign", data={"ids": ids}).status_code == 422
    client.post("/events/here/guests/assign", data={"ids": ids, "rep_id": rep.id})
    with app.app_context():
        assert set(db.session.scalars(select(Invitation.rep_id))) == {rep.id}


def test_only_who_was_not_invited_is_taken_off(build, event, app):
    listed, invited = guest(build, event, "张三"), guest(build, event, "李四", state=S.INVITED)
    client = build.client(Role.PLANNER)
    assert client.post(f"/events/here/guests/{listed.id}/remove").status_code == 303
    answer = client.post(f"/events/here/guests/{invited.id}/remove", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (409, "already_invited")
    with app.app_context():
        assert list(db.session.scalars(select(Invitation.id))) == [invited.id]


def test_exports_hold_what_is_shown(build, event):
    guest(build, event, "张三", state=S.FIRM)
    guest(build, event, "李四", state=S.SILENT)
    client = build.client(Role.PLANNER)
    csv = client.get("/events/here/guests/?state=firm&format=csv")
    assert csv.data.startswith(b"\xef\xbb\xbf")
    assert csv.data.count(b"\r\n") == 2
    assert client.get("/events/here/guests/?format=xlsx").data[:2] == b"PK"
    rep = build.client(Role.SALES_REP)
    assert rep.get("/events/here/guests/?format=csv").content_type.startswith("text/html")


def test_the_page_costs_the_same_for_few_and_many(build, event, app):
    client = build.client(Role.PLANNER)
    counts = []
    for more in (2, 30):
        for n in range(more):
            guest(build, event, f"张{n}")
        with noted(app) as statements:
            client.get("/events/here/guests/")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 20
