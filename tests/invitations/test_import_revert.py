"""Undoing imports: everything is as before, and what somebody has built on stays."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.invitations import bulk
from app.blueprints.invitations.importing import steps
from app.errors import SigningDayError
from app.extensions import db
from app.models import Call, CallOutcome, Dealer, ImportState, Invitation, InvitationState, JournalEntry
from tests.build.statements import noted
from tests.invitations.lists import HEADINGS, Lists, people
from tests.invitations.test_import_apply import row


@pytest.fixture
def lists(app, build):
    return Lists(app, build)


def change(app, model, ident, **values):
    with app.app_context():
        record = db.session.get_one(model, ident)
        for name, value in values.items():
            setattr(record, name, value)
        db.session.commit()


def guests(app):
    with app.app_context():
        return list(db.session.scalars(select(Invitation).order_by(Invitation.id)))


def test_new_guests_leave_the_list_and_the_file(app, lists):
    before = lists.snapshot()
    import_id = lists.taken(people(3))
    counts = lists.revert(import_id)
    assert (counts["removed"], counts["restored"], counts["kept"]) == (3, 0, 0)
    assert lists.snapshot() == before
    assert lists.find(import_id).state is ImportState.REVERTED


def test_changed_guests_are_as_before(app, build, lists):
    dealer = lists.dealer(city="宁波", contact_title="经理")
    build.invitation(lists.event, dealer, notes="坐前排")
    filed = lists.dealer(company="天成百货", contact="王五", mobile="+8613800000003", source="展会")
    before = lists.snapshot()
    import_id = lists.taken(
        [row(contact="李四", 城市="温州", 备注="改了", 签约意向="已谈妥"), row("天成百货公司", "王小五", "13800000003")]
    )
    assert lists.snapshot() != before
    counts = lists.revert(import_id)
    assert (counts["removed"], counts["restored"], counts["kept"]) == (1, 1, 0)
    assert lists.snapshot() == before
    with app.app_context():
        assert db.session.get_one(Dealer, filed.id).latin_name == "Wang Wu"


def test_whoever_was_invited_meanwhile_is_kept(app, lists):
    import_id = lists.taken(people(2))
    invited = guests(app)[0]
    change(app, Invitation, invited.id, state=InvitationState.INVITED)
    assert lists.revert(import_id)["kept"] == 1
    assert [guest.id for guest in guests(app)] == [invited.id]
    assert [each.kept for each in lists.rows(import_id)] == ["invited", ""]


@pytest.mark.parametrize(
    ("model", "values", "why"),
    [
        (Invitation, {"notes": "comes later"}, "changed"),
        (Invitation, {"companions_allowed": 4}, "changed"),
        (Dealer, {"city": "北京"}, "dealer_changed"),
        (Dealer, {"notes": "has called"}, "dealer_changed"),
        (Dealer, {"latin_name": "Chang"}, "dealer_changed"),
    ],
)
def test_whoever_was_changed_meanwhile_is_kept(app, lists, model, values, why):
    import_id = lists.taken(people(1))
    guest = guests(app)[0]
    change(app, model, guest.id if model is Invitation else guest.dealer_id, **values)
    lists.revert(import_id)
    assert [each.kept for each in lists.rows(import_id)] == [why]
    with app.app_context():
        assert db.session.get(Dealer, guest.dealer_id) is not None
        assert (db.session.get(Invitation, guest.id) is not None) is (model is Invitation)


def test_a_value_changed_again_is_kept(app, build, lists):
    dealer = lists.dealer(city="宁波")
    build.invitation(lists.event, dealer)
    import_id = lists.taken([row(城市="温州")])
    change(app, Dealer, dealer.id, city="台州")
    assert lists.revert(import_id)["kept"] == 1
    assert [each.kept for each in lists.rows(import_id)] == ["changed"]
    with app.app_context():
        assert db.session.get_one(Dealer, dealer.id).city == "台州"


def test_another_value_changed_meanwhile_is_no_reason_to_keep_the_imported_one(app, build, lists):
    dealer = lists.dealer(city="宁波", source="展会")
    build.invitation(lists.event, dealer)
    import_id = lists.taken([row(城市="温州")])
    change(app, Dealer, dealer.id, source="电话")
    assert lists.revert(import_id)["kept"] == 0
    with app.app_context():
        after = db.session.get_one(Dealer, dealer.id)
        assert (after.city, after.source) == ("宁波", "电话")


def test_a_guest_somebody_has_called_is_kept(app, build, lists):
    import_id = lists.taken(people(1))
    guest = guests(app)[0]
    build.save(Call(invitation_id=guest.id, called_at=clock.now(), outcome=CallOutcome.NOT_REACHED))
    lists.revert(import_id)
    assert [each.kept for each in lists.rows(import_id)] == ["in_use"]


def test_a_dealer_on_another_list_by_now_stays_on_file(app, build, lists):
    import_id = lists.taken(people(1))
    guest = guests(app)[0]
    with app.app_context():
        dealer = db.session.get_one(Dealer, guest.dealer_id)
    other = build.invitation(build.event(), dealer)
    lists.revert(import_id)
    assert [each.id for each in guests(app)] == [other.id]
    assert [each.kept for each in lists.rows(import_id)] == ["dealer_in_use"]


def test_a_number_somebody_else_has_by_now_is_not_taken_away(app, build, lists):
    dealer = lists.dealer()
    build.invitation(lists.event, dealer)
    import_id = lists.taken([row(mobile="13800000009")])
    lists.dealer(company="天成百货", contact="王五", mobile="+8613800000001")
    lists.revert(import_id)
    assert [each.kept for each in lists.rows(import_id)] == ["mobile_taken"]
    with app.app_context():
        assert db.session.get_one(Dealer, dealer.id).mobile == "+8613800000009"


def test_a_guest_taken_off_meanwhile_is_gone_already(app, lists):
    before = lists.snapshot()
    import_id = lists.taken(people(2))
    with app.app_context():
        db.session.delete(db.session.get_one(Invitation, guests(app)[0].id))
        db.session.commit()
    assert lists.revert(import_id)["kept"] == 0
    assert lists.snapshot() == before


def test_two_imports_are_undone_the_last_one_first(lists):
    before = lists.snapshot()
    first = lists.taken(people(3))
    between = lists.snapshot()
    second = lists.taken([(*each[:4], "南京", *each[5:]) for each in people(4)])
    assert lists.revert(second)["restored"] == 3
    assert lists.snapshot() == between
    lists.revert(first)
    assert lists.snapshot() == before


def test_an_import_is_undone_once(lists):
    import_id = lists.taken(people(1))
    lists.revert(import_id)
    with pytest.raises(SigningDayError) as again:
        lists.revert(import_id)
    assert again.value.code == "import_already_reverted"
    with pytest.raises(SigningDayError) as applied:
        lists.apply(import_id)
    assert applied.value.code == "import_already_reverted"


def test_what_was_not_taken_in_cannot_be_undone(lists):
    import_id = lists.checked(people(1))
    with pytest.raises(SigningDayError) as refused:
        lists.revert(import_id)
    assert refused.value.code == "import_not_applied"


def test_the_journal_tells_of_it(app, lists):
    lists.revert(lists.taken(people(2)))
    with app.app_context():
        told = db.session.execute(select(JournalEntry.action, func.count()).group_by(JournalEntry.action))
        counts = dict(told.all())
    assert (counts["invitation.taken_off"], counts["dealer.deleted"], counts["import.reverted"]) == (2, 2, 1)


def test_a_crash_in_the_middle_leaves_the_import_as_it_was(lists, monkeypatch):
    import_id = lists.taken(people(3))
    before = lists.snapshot()

    def crash(*args):
        raise RuntimeError("power cut")

    monkeypatch.setattr(bulk, "take_off_many", crash)
    with pytest.raises(RuntimeError):
        lists.revert(import_id)
    assert lists.snapshot() == before
    assert lists.find(import_id).state is ImportState.APPLIED


@pytest.mark.slow
def test_undoing_thousands_costs_a_bounded_number_of_statements(app, lists):
    import_id = lists.taken(people(3_000))
    with app.app_context(), noted(app) as statements:
        steps.revert(import_id)
    assert len(statements) < 60
    assert guests(app) == []


COMPANIES = st.sampled_from(["永发商贸", "永发商贸有限公司", "海丰贸易", "天成百货", "浙江日报", ""])
CELL = {
    "公司名称": COMPANIES,
    "联系人": st.sampled_from(["张三", "李四", "欧阳明", "Anna Berg", ""]),
    "手机": st.sampled_from([f"1380000000{n}" for n in range(5)] + ["", "0571-88001234", "12"]),
    "邮箱": st.sampled_from(["a@example.com", "b@example.com", "", "nonsense"]),
    "城市": st.sampled_from(["杭州", "宁波市", "浙江省温州市", ""]),
    "嘉宾类型": st.sampled_from(["", "经销商", "媒体", "专家"]),
    "签约意向": st.sampled_from(["", "已谈妥", "观望"]),
    "业务员": st.sampled_from(["", "王磊", "无此人"]),
    "随行人数": st.sampled_from(["", "0", "3"]),
    "备注": st.sampled_from(["", "坐前排", "=1+1"]),
}
ROW = st.tuples(*(CELL[heading] for heading in HEADINGS))
ON_FILE = st.lists(st.tuples(COMPANIES.filter(bool), CELL["联系人"], st.booleans()), max_size=4)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(on_file=ON_FILE, first=st.lists(ROW, max_size=6), second=st.lists(ROW, max_size=6))
def test_any_file_leaves_no_trace_when_undone(app, build, on_file, first, second):
    lists = Lists(app, build)
    if not build_rep(app):
        build.user(Role.SALES_REP, name="王磊")
    empty(app)
    for number, (company, contact, is_listed) in enumerate(on_file):
        dealer = lists.dealer(company=company, contact=contact, mobile=f"+861380000000{number}", mail=None)
        if is_listed:
            build.invitation(lists.event, dealer)
    before = lists.snapshot()
    one = lists.taken(first)
    between = lists.snapshot()
    two = lists.taken(second)
    assert lists.revert(two)["kept"] == 0
    assert lists.snapshot() == between
    assert lists.revert(one)["kept"] == 0
    assert lists.snapshot() == before


def build_rep(app):
    with app.app_context():
        return db.session.execute(db.text("SELECT 1 FROM users WHERE name = '王磊'")).first()


def empty(app):
    """Each example begins with an empty file of dealers."""
    with app.app_context():
        for table in ("import_rows", "invitations", "imports", "dealers"):
            db.session.execute(db.text(f"DELETE FROM {table}"))
        db.session.commit()
