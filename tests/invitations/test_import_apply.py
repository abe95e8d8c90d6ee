"""Taking lists in: every verdict, what is written, and what is left when something goes wrong in the middle."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.access import Role
from app.blueprints.invitations import bulk
from app.blueprints.invitations.importing import actions, steps
from app.errors import EventNotOpen, SigningDayError, StaleChange
from app.extensions import db
from app.models import (
    Dealer,
    Event,
    EventStatus,
    GuestKind,
    Import,
    ImportRow,
    ImportState,
    Invitation,
    InvitationState,
    JournalEntry,
    Readiness,
)
from tests.build.statements import noted
from tests.invitations.lists import HEADINGS, Lists, people
from tests.invitations.samples import EXCEL_97, guest_csv, guest_list


@pytest.fixture
def lists(app, build):
    return Lists(app, build)


def row(company="永发商贸有限公司", contact="张三", mobile="13800000001", **said):
    cells = {"公司名称": company, "联系人": contact, "手机": mobile} | said
    return tuple(cells.get(heading, "") for heading in HEADINGS)


def test_a_new_guest_goes_on_file_and_on_the_list(app, build, lists):
    rep = build.user(Role.SALES_REP, name="王磊")
    said = row(邮箱="A@Example.com", 城市="杭州市", 嘉宾类型="媒体", 签约意向="已谈妥", 业务员="王磊", 随行人数="3")
    import_id = lists.taken([said])
    with app.app_context():
        invitation = db.session.scalars(select(Invitation)).one()
        dealer = invitation.dealer
        assert (dealer.company, dealer.company_key, dealer.mobile) == ("永发商贸有限公司", "永发商贸", "+8613800000001")
        assert (dealer.mail, dealer.city, dealer.latin_name) == ("a@example.com", "杭州", "Zhang San")
        assert " zs " in dealer.search_key
        assert dealer.owner_id == invitation.rep_id == rep.id
        assert invitation.event_id == lists.event.id
        assert (invitation.kind, invitation.readiness) == (GuestKind.MEDIA, Readiness.READY)
        assert (invitation.companions_allowed, invitation.state) == (3, InvitationState.LISTED)
        assert invitation.import_id == import_id
        assert len(invitation.token) > 20


def test_the_dry_run_changes_nobody(lists):
    before = lists.snapshot()
    import_id = lists.checked(people(3))
    assert lists.snapshot() == before
    found = lists.find(import_id)
    assert (found.state, found.counts["new"]) == (ImportState.CHECKED, 3)


def test_every_verdict(app, build, lists):
    same = lists.dealer(company="永发商贸", contact="张三", mobile="+8613800000001")
    other = lists.dealer(company="海丰贸易", contact="李四", mobile="+8613800000002", city="宁波")
    elsewhere = lists.dealer(company="天成百货", contact="王五", mobile="+8613800000003")
    build.invitation(lists.event, same)
    build.invitation(lists.event, other, expected_amount=Decimal("5.5"))
    import_id = lists.checked(
        [
            row("永发商贸", "张三", "13800000001"),
            row("海丰贸易", "李四", "13800000002", 城市="温州"),
            row("天成百货", "王五", "13800000003"),
            row("新来贸易", "赵六", "13800000004"),
            row("", "没有公司", "13800000005"),
            row("第二次", "钱七", "13800000004"),
        ]
    )
    expected = ["unchanged", "updated", "new", "new", "refused", "refused"]
    assert lists.verdicts(import_id) == expected
    counts = lists.apply(import_id)
    assert counts == {"new": 2, "updated": 1, "unchanged": 1, "refused": 2}
    rows = lists.rows(import_id)
    assert [each.verdict.value for each in rows] == expected
    assert rows[1].changes == {"city": ["宁波", "温州"]}
    assert (rows[2].dealer_id, rows[2].made_dealer) == (elsewhere.id, False)
    assert (rows[3].made_dealer, rows[3].invitation_id is not None) == (True, True)
    assert rows[4].reasons[0][:2] == ["company", "company_missing"]
    assert rows[5].reasons[0] == ["mobile", "duplicate_mobile", "5"]
    with app.app_context():
        assert db.session.get_one(Dealer, other.id).city == "温州"
        assert db.session.scalar(select(func.count()).select_from(Dealer)) == 4
        assert db.session.scalar(select(func.count()).select_from(Invitation)) == 4


def test_an_update_keeps_what_the_list_does_not_say(app, build, lists):
    dealer = lists.dealer(city="宁波", mail="old@example.com")
    invitation = build.invitation(lists.event, dealer, notes="坐前排", readiness=Readiness.LEANING)
    lists.taken([row(邮箱="new@example.com", 签约意向="已谈妥")])
    with app.app_context():
        after = db.session.get_one(Invitation, invitation.id)
        assert (after.notes, after.readiness, after.version) == ("坐前排", Readiness.READY, 2)
        assert (after.dealer.city, after.dealer.mail, after.dealer.version) == ("宁波", "new@example.com", 2)


def test_a_new_contact_is_found_by_the_new_name(app, build, lists):
    dealer = lists.dealer()
    build.invitation(lists.event, dealer)
    lists.taken([row(contact="欧阳明", mobile="")])
    with app.app_context():
        after = db.session.get_one(Dealer, dealer.id)
        assert (after.contact, after.latin_name) == ("欧阳明", "Ouyang Ming")
        assert "ouyangming" in after.search_key


def test_a_guest_of_an_owned_dealer_gets_the_owner_as_rep(app, build, lists):
    owner = build.user(Role.SALES_REP)
    lists.dealer(owner_id=owner.id)
    lists.taken([row()])
    with app.app_context():
        assert db.session.scalars(select(Invitation.rep_id)).one() == owner.id


def test_the_journal_tells_of_import_guests_and_dealers(app, build, lists):
    dealer = lists.dealer(city="宁波")
    build.invitation(lists.event, dealer)
    import_id = lists.taken([row(城市="温州", 备注="x"), *people(2)])
    with app.app_context():
        told = db.session.execute(
            select(JournalEntry.action, func.count()).group_by(JournalEntry.action).order_by(JournalEntry.action)
        )
        assert dict(told.all()) == {
            "dealer.created": 2,
            "dealer.edited": 1,
            "import.applied": 1,
            "invitation.edited": 1,
            "invitation.listed": 2,
        }
        entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "import.applied")).one()
        assert (entry.subject_id, entry.event_id, entry.changes["new"]) == (import_id, lists.event.id, [None, 2])


@pytest.mark.parametrize("data", [guest_csv("gb18030"), guest_csv("utf-16"), guest_csv("utf-8-sig"), guest_list()])
def test_files_as_offices_save_them(app, build, lists, data):
    build.user(Role.SALES_REP, name="王磊")
    import_id = lists.checked_file(data)
    assert lists.apply(import_id) == {"new": 3, "updated": 0, "unchanged": 0, "refused": 0}
    with app.app_context():
        assert db.session.scalar(select(Dealer.contact).where(Dealer.mobile == "+8613812345678")) == "单小雨"


def test_an_excel_97_workbook(build, lists):
    build.user(Role.SALES_REP, name="王磊")
    assert lists.apply(lists.checked_file(EXCEL_97.read_bytes()))["refused"] == 0


def test_importing_the_same_list_again_changes_nothing(lists):
    lists.taken(people(5))
    before = lists.snapshot()
    import_id = lists.taken(people(5))
    assert lists.find(import_id).counts == {"new": 0, "updated": 0, "unchanged": 5, "refused": 0}
    assert lists.snapshot() == before


def test_a_list_is_taken_in_once(lists):
    import_id = lists.taken(people(2))
    before = lists.snapshot()
    with pytest.raises(SigningDayError) as again:
        lists.apply(import_id)
    assert again.value.code == "import_already_applied"
    assert lists.snapshot() == before


def test_a_closed_event_takes_nobody_in(app, lists):
    import_id = lists.checked(people(1))
    with app.app_context():
        db.session.get_one(Event, lists.event.id).status = EventStatus.CLOSED
        db.session.commit()
    with pytest.raises(EventNotOpen):
        lists.apply(import_id)


def test_what_was_written_after_the_check_is_not_overwritten_by_stale_knowledge(app, lists):
    """Between check and import a colleague lists one of the guests and files another as a dealer."""
    import_id = lists.checked(people(3))
    first, second, _ = people(3)
    listed = lists.dealer(company=first[0], contact=first[1], mobile=f"+86{first[2]}", address="文华路1号")
    filed = lists.dealer(company=second[0], contact=second[1], mobile=f"+86{second[2]}")
    lists.build.invitation(lists.event, listed, state=InvitationState.INVITED)
    assert lists.apply(import_id) == {"new": 2, "updated": 1, "unchanged": 0, "refused": 0}
    with app.app_context():
        assert db.session.get_one(Dealer, listed.id).address == "文华路1号"
        states = db.session.execute(select(Invitation.dealer_id, Invitation.state)).all()
        assert dict(states)[listed.id] is InvitationState.INVITED
        assert filed.id in dict(states)
        assert db.session.scalar(select(func.count()).select_from(Dealer)) == 3


def test_a_record_saved_in_the_very_moment_makes_the_import_begin_again(app, lists, monkeypatch):
    dealer = lists.dealer(city="宁波")
    lists.build.invitation(lists.event, dealer)
    import_id = lists.checked([row(城市="温州", 备注="x")])
    edit_many, calls = bulk.edit_many, []

    def stale_once(event_id, rewrites):
        calls.append(len(rewrites))
        if len(calls) == 1:
            raise StaleChange
        edit_many(event_id, rewrites)

    monkeypatch.setattr(bulk, "edit_many", stale_once)
    assert lists.apply(import_id)["updated"] == 1
    assert calls == [1, 1]
    with app.app_context():
        assert db.session.get_one(Dealer, dealer.id).version == 2


@pytest.mark.parametrize("where", ["list_many", "edit_many", "replace_rows"])
def test_a_crash_in_the_middle_leaves_nothing(app, lists, monkeypatch, where):
    dealer = lists.dealer(city="宁波")
    lists.build.invitation(lists.event, dealer)
    import_id = lists.checked([row(城市="温州", 备注="x"), *people(5)])
    before = lists.snapshot()

    def crash(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(actions if where == "replace_rows" else bulk, where, crash)
    with pytest.raises(RuntimeError):
        lists.apply(import_id)
    monkeypatch.undo()
    assert lists.snapshot() == before
    found = lists.find(import_id)
    assert (found.state, found.counts["new"]) == (ImportState.CHECKED, 5)
    assert lists.apply(import_id)["new"] == 5


@pytest.mark.slow
def test_ten_thousand_rows_cost_a_bounded_number_of_statements(app, lists):
    import_id = lists.checked(people(10_000))
    with app.app_context(), noted(app) as statements:
        counts = steps.apply(import_id, lists.folder).counts
    assert counts["new"] == 10_000
    assert len(statements) < 60
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 10_000
        assert db.session.get_one(Import, import_id).state is ImportState.APPLIED
