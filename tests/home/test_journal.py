"""The journal as a list, and its lines in words."""

import ast
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from flask_babel import force_locale

from app import clock, journal
from app.access import Role
from app.extensions import db
from app.models import Base, Dealer, Event, Invitation, InvitationState, JournalEntry, Readiness
from app.web import history
from app.web.journal_words import ACTIONS, FIELDS

APP = Path(__file__).parents[2] / "app"
# Tables whose rows are written down with their columns.
WRITTEN = (
    *("events", "milestones", "dealers", "invitations", "replies", "rounds", "users"),
    *("staff_roles", "staff_people", "shifts"),
)


def note(app, action, kind, subject_id, **values):
    with app.app_context():
        given = {"at": clock.now(), "actor": "guest", "action": action, "subject_kind": kind, "subject_id": subject_id}
        db.session.add(JournalEntry(**given | values))
        db.session.commit()


def shown(client, **narrowed):
    return client.get("/journal/", query_string=narrowed).text.count("data-row=")


def test_who_may_read_it(build):
    for role in (Role.ADMINISTRATOR, Role.DIRECTOR, Role.PLANNER, Role.SALES_MANAGER, Role.COMPLIANCE):
        assert build.client(role).get("/journal/").status_code == 200
    for role in (Role.SALES_REP, Role.RECEPTION, Role.FINANCE):
        assert build.client(role).get("/journal/").status_code == 403


def test_it_narrows_by_event_action_person_and_kind(app, build):
    event, other = build.event(), build.event()
    user = build.user(Role.PLANNER, name="陈静")
    dealer = build.dealer(search_key=" 张三 zhangsan ")
    invitation = build.invitation(event, dealer)
    mine = {"actor_id": user.id, "actor": "陈静"}
    note(app, "event.edited", "events", event.id, event_id=event.id, **mine)
    note(app, "event.edited", "events", other.id, event_id=other.id)
    note(app, "invitation.edited", "invitations", invitation.id, event_id=event.id, **mine)
    note(app, "dealer.edited", "dealers", dealer.id)
    client = build.client(Role.DIRECTOR)
    assert shown(client) == 4
    assert shown(client, event=event.id) == 2
    assert shown(client, action="event.edited") == 2
    assert shown(client, person=user.id) == 2
    assert shown(client, person="none") == 2
    assert shown(client, kind="dealers") == 1
    assert shown(client, event=event.id, action="event.edited", person=user.id) == 1
    assert shown(client, q="陈静") == 2
    assert shown(client, q="zhangsan") == 2
    assert shown(client, person="nobody", event="x") == 4


def test_it_pages(app, build):
    for n in range(60):
        note(app, "dealer.edited", "dealers", n + 1)
    client = build.client(Role.DIRECTOR)
    assert shown(client) == 50
    assert shown(client, page=2) == 10


def test_who_signed_in_is_for_administrators(app, build):
    note(app, "user.signed_in", "users", 1, address="10.1.2.3")
    assert shown(build.client(Role.ADMINISTRATOR)) == 1
    assert shown(build.client(Role.DIRECTOR)) == 0


def test_a_removed_record_still_has_its_lines(app, build):
    note(app, "invitation.taken_off", "invitations", 4711, changes={"contact": ["张三", None]})
    assert "张三" in build.client(Role.DIRECTOR).get("/journal/").text


@pytest.fixture
def line(app, build):
    """Change an invitation or another record, and read the newest line about it."""

    def change(record, action, **values):
        with app.test_request_context(), force_locale("en"):
            journal.act_as(journal.Actor("system"))
            row = db.session.get_one(type(record), record.id)
            for name, value in values.items():
                setattr(row, name, value)
            journal.record(action, row)
            db.session.commit()
            return history.lines(row)[0]

    return change


def test_fields_and_values_are_words(build, line):
    rep = build.user(Role.SALES_REP, name="陆晓峰")
    invitation = build.invitation(build.event())
    told = line(
        invitation,
        "invitation.edited",
        readiness=Readiness.READY,
        state=InvitationState.FIRM,
        rep_id=rep.id,
        is_lead_signer=True,
        expected_amount=Decimal("128000.5000"),
        invited_at=clock.now(),
    )
    changes = {label: (before, after) for label, before, after in told.changes}
    assert changes["Readiness"] == ("Prospect", "Ready to sign")
    assert changes["State"] == ("Listed", "Firm")
    assert changes["Rep"] == ("", "陆晓峰")
    assert changes["Lead signer"] == ("no", "yes")
    assert changes["Expected first contract"] == ("", "128,000.5")
    assert changes["Invited"][1]
    assert told.what
    assert told.who


def test_events_and_dealers_read_well(build, line):
    told = line(build.event(), "event.edited", reconfirm_at=time(9, 30), capacity=150, language="en")
    changes = {label: (before, after) for label, before, after in told.changes}
    assert changes["Hour when guests are asked again"] == ("10:00", "09:30")
    assert changes["Capacity"] == ("120", "150")
    assert changes["Language of letters"] == ("中文", "English")
    told = line(build.dealer(mobile="+8613800000001"), "dealer.edited", mobile="+8613912345678")
    assert [change[1:] for change in told.changes] == [("138 0000 0001", "139 1234 5678")]


def test_values_of_former_versions_are_shown_as_they_stand(app, build):
    invitation = build.invitation(build.event())
    odd = {"state": ["formerly", 7], "invited_at": ["no date", None], "gone_column": ["a", ["b", "c"]]}
    note(app, "invitation.unheard_of", "invitations", invitation.id, changes=odd)
    with app.test_request_context(), force_locale("en"):
        [told] = history.lines(db.session.get_one(Invitation, invitation.id))
    assert {change[0]: change[1:] for change in told.changes}["gone column"] == ("a", "b, c")


def test_several_records_make_one_history(app, build):
    dealer = build.dealer()
    invitation = build.invitation(build.event(), dealer)
    note(app, "dealer.edited", "dealers", dealer.id)
    note(app, "invitation.edited", "invitations", invitation.id)
    note(app, "dealer.edited", "dealers", dealer.id)
    with app.test_request_context():
        rows = [db.session.get_one(Invitation, invitation.id), db.session.get_one(Dealer, dealer.id)]
        told = [each.entry.action for each in history.lines(*rows)]
        assert told == ["dealer.edited", "invitation.edited", "dealer.edited"]
        assert len(history.lines(*rows, limit=2)) == 2
        assert history.lines(Event(id=99)) == []


def recorded():
    """The action codes that the source writes down."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            if node.func.attr in {"record", "record_unknown"} and getattr(node.func.value, "id", "") == "journal":
                yield from codes(node.args[0])


def codes(argument):
    if isinstance(argument, ast.Constant):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from (*codes(argument.body), *codes(argument.orelse))


def test_every_action_has_words():
    assert {code for code in recorded() if code not in ACTIONS} == set()


def test_every_field_has_a_label():
    bare = {
        f"{table}.{column.name}"
        for table in WRITTEN
        for column in Base.metadata.tables[table].columns
        if column.name not in journal._UNSAID | {"id"}
        and f"{table}.{column.name}" not in FIELDS
        and column.name not in FIELDS
    }
    assert bare == set()
