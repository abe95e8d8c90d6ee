"""What is done to dealers, on both databases."""

import pytest
from sqlalchemy import func, select

from app import journal
from app.blueprints.dealers import actions, queries
from app.blueprints.dealers.rules import MobileTaken
from app.errors import StaleChange
from app.extensions import db
from app.models import Dealer, InvitationState

MOBILE = "+8613812345678"
VALUES = {"contact": "单雄信", "company": "济南历城净水设备有限公司", "mobile": MOBILE}


@pytest.fixture
def session(app):
    with app.app_context():
        yield db.session


def found(typed):
    return list(db.session.scalars(queries.dealers().where(queries.matching(typed))))


def test_the_keys_are_worked_out_at_one_place(session):
    dealer = actions.create(VALUES, by_id=None)
    session.commit()
    assert (dealer.latin_name, dealer.company_key) == ("Shan Xiongxin", "济南历城净水设备")
    for typed in ("单雄", "shanxx", "sxx", "5678", "历城", "jnlc", "138 1234 5678"):
        assert found(typed) == [dealer], typed
    assert found("5679") == []


def test_editing_keeps_the_keys_true(session):
    dealer = actions.create(VALUES, by_id=None)
    session.commit()
    actions.edit(dealer, {"contact": "秦琼", "mobile": "+8613900000001"}, version=dealer.version)
    session.commit()
    assert dealer.latin_name == "Qin Qiong"
    assert found("qinq") == [dealer]
    assert found("5678") == []
    assert found("shan") == []
    [entry, _created] = journal.history_of(dealer)
    assert entry.changes["contact"] == ["单雄信", "秦琼"]
    assert "search_key" not in entry.changes


def test_a_latin_name_of_ones_own_stays(session):
    dealer = actions.create({**VALUES, "latin_name": "Harry Shan"}, by_id=None)
    actions.edit(dealer, {"contact": "秦琼"}, version=dealer.version)
    assert dealer.latin_name == "Harry Shan"
    actions.edit(dealer, {"latin_name": ""}, version=dealer.version)
    assert dealer.latin_name == "Qin Qiong"


def test_one_mobile_is_one_person(session):
    actions.create(VALUES, by_id=None)
    session.commit()
    with pytest.raises(MobileTaken):
        actions.create({**VALUES, "contact": "another"}, by_id=None)
    session.rollback()
    other = actions.create({**VALUES, "mobile": None}, by_id=None)
    session.commit()
    with pytest.raises(MobileTaken):
        actions.edit(other, {"mobile": MOBILE}, version=other.version)


def test_an_edit_on_an_old_version_is_refused(session):
    dealer = actions.create(VALUES, by_id=None)
    session.commit()
    with pytest.raises(StaleChange):
        actions.edit(dealer, {"city": "x"}, version=dealer.version + 1)


def test_a_guest_typed_into_a_list_is_found_or_filed(session):
    filed = actions.find_or_file(by_id=None, **VALUES)
    assert actions.find_or_file(by_id=None, **{**VALUES, "company": "another"}) is filed
    without = {**VALUES, "mobile": None, "company": "济南历城净水设备公司"}
    assert actions.find_or_file(by_id=None, **without) is filed
    assert actions.find_or_file(by_id=None, **{**without, "contact": "秦琼"}) is not filed
    assert session.scalar(select(func.count()).select_from(Dealer)) == 2


def test_look_alikes_leave_out_the_dealer_itself(session):
    first = actions.create(VALUES, by_id=None)
    second = actions.create({"contact": "秦琼", "company": "济南历城净水设备公司"}, by_id=None)
    assert queries.look_alikes(first.company_key, first.id) == [second]


def test_a_rep_sees_own_dealers_and_the_pool(session, build):
    me, other = build.user(), build.user()
    mine, pool, theirs = build.dealer(owner_id=me.id), build.dealer(), build.dealer(owner_id=other.id)
    seen = {row.id for row in session.scalars(queries.dealers(me.id))}
    assert seen == {mine.id, pool.id}
    assert queries.dealer(theirs.id, me.id) is None


def test_attendances_tell_what_came_of_each(session, build):
    rep = build.user()
    dealer = build.dealer()
    build.invitation(build.event(), dealer, state=InvitationState.ARRIVED, rep_id=rep.id)
    build.invitation(build.event(), dealer, state=InvitationState.DECLINED)
    build.invitation(build.event())
    file = session.get(Dealer, dealer.id)
    assert len(queries.attendances(file)) == 2
    assert [each.invitation.state for each in queries.attendances(file, rep.id)] == [InvitationState.ARRIVED]
