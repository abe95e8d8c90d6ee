"""Close-out lists: made from roles, ticked, waived, handed over; and the event that closes only when they are empty."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role
from app.blueprints.events import actions as events
from app.blueprints.events import hindrances
from app.blueprints.events.hindrances import EventNotClearedUp, ReasonMissing
from app.blueprints.staff.closeout import actions, jobs, queries, reminders
from app.errors import SigningDayError
from app.extensions import db
from app.models import (
    CloseoutItem,
    CloseoutKind,
    DutyState,
    Event,
    EventStatus,
    JournalEntry,
    Message,
    StaffPass,
    StaffPerson,
)
from tests.build.statements import noted
from tests.staff.conftest import NOW, START
from tests.staff.test_races import at_once

K = CloseoutKind
AFTER = START + timedelta(hours=8)
ROLE = {"settles": "结清费用\n", "returns": "对讲机\n工作服", "hands_over": ""}


@pytest.fixture
def over(crew):
    """An event that has just ended, with one person who was on duty twice."""
    event, role, shift = crew.place(status=EventStatus.RUNNING)
    role = crew.save(crew.role(event, **ROLE))
    person = crew.person("周子墨")
    crew.duty(role, shift, person, state=DutyState.ACKNOWLEDGED)
    with clock.stopped_at(AFTER):
        yield event, role, shift, person


@pytest.fixture
def made(over, session, fresh):
    event, _role, _shift, person = over
    here = fresh(event)
    actions.make(here)
    session.commit()
    return here, fresh(person), list(session.scalars(select(CloseoutItem).order_by(CloseoutItem.position)))


def test_lists_come_from_the_roles_once(over, crew, session, fresh):
    event, role, shift, person = over
    other = crew.role(event, settles="结清费用", returns="钥匙")
    crew.duty(other, shift, person, state=DutyState.ACKNOWLEDGED)
    crew.duty(role, shift, crew.person(), slot=2, state=DutyState.REFUSED)
    crew.duty(role, shift, crew.person(), slot=1, is_deputy=True)
    here = fresh(event)
    made = actions.make(here)
    session.commit()
    assert [(each.kind, each.text) for each in made] == [
        (K.SETTLE, "结清费用"),
        (K.RETURN, "对讲机"),
        (K.RETURN, "工作服"),
        (K.RETURN, "钥匙"),
    ]
    assert {each.person_id for each in made} == {person.id}
    assert actions.make(here) == []


def test_what_is_added_to_the_role_later_comes_on_top(made, session, fresh, over):
    event, _person, items = made
    role = fresh(over[1])
    role.hands_over = "登记表"
    session.commit()
    assert [each.text for each in actions.make(event)] == ["登记表"]
    assert len(items) == 3


def test_the_worker_makes_lists_when_the_event_ends_and_tells(over, app):
    _event, *_ = over
    with app.app_context():
        with clock.stopped_at(START):
            assert jobs.plan_lists(START) == []
            assert jobs.run_lists(START) == 0
        db.session.rollback()
        assert [each.count for each in jobs.plan_lists(AFTER)] == [3]
        assert jobs.run_lists(AFTER) == 3
        assert jobs.run_lists(AFTER) == 0
        letter = db.session.scalars(select(Message)).one()
        token = db.session.scalars(select(StaffPass.token)).one()
        assert letter.template == "closeout_reminder"
        assert f"/d/{token}" in letter.text


def test_reminders_go_out_once_a_day(made, session):
    event, person, items = made
    assert reminders.remind(event).written == 1
    session.commit()
    assert (reminders.remind(event).written, reminders.remind(event).today) == (0, 1)
    with clock.stopped_at(AFTER + timedelta(days=1)):
        assert reminders.remind(event, {person.id}).written == 1
    night = START.replace(hour=15) + timedelta(days=2)  # 23:00 in Shanghai
    with clock.stopped_at(night):
        assert reminders.remind(event).written == 1
    held = session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
    assert held.due_at == night + timedelta(hours=9, minutes=30)  # when the event's quiet hours are over
    for item in items:
        actions.tick(event, item, done=True, by="x")
    with clock.stopped_at(AFTER + timedelta(days=3)):
        assert reminders.remind(event).written == 0


def test_the_event_closes_when_all_is_done_or_waived(made, session, build):
    event, _person, items = made
    with pytest.raises(EventNotClearedUp) as refused:
        events.take_step(event, EventStatus.CLOSED)
    assert refused.value.facts == {"count": 1}
    assert event.status == EventStatus.RUNNING.value
    for item in items[:2]:
        actions.tick(event, item, done=True, by="周子墨")
    with pytest.raises(ReasonMissing):
        actions.waive(event, items, "  ", by_id=None)
    assert actions.waive(event, items, "已由公司报销", by_id=None) == 1
    assert [(each.done_by, each.waived_why) for each in items] == [("周子墨", ""), ("周子墨", ""), ("", "已由公司报销")]
    events.take_step(event, EventStatus.CLOSED)
    session.commit()
    assert event.status is EventStatus.CLOSED
    said = session.scalars(select(JournalEntry.action).where(JournalEntry.event_id == event.id)).all()
    assert {"closeout.made", "closeout.done", "closeout.waived", "event.closed"} <= set(said)


def test_lists_that_nobody_made_stand_in_the_way(over, session, fresh):
    event = fresh(over[0])
    with pytest.raises(EventNotClearedUp):
        events.take_step(event, EventStatus.CLOSED)
    [(source, rows)] = hindrances.of_event(event)
    assert (source.key, rows[0].number, rows[0].of) == ("closeout", 3, 3)


def test_closed_all_the_same_with_a_reason(made, session):
    event, _person, items = made
    events.take_step(event, EventStatus.CLOSED, despite="发票月底才到")
    session.commit()
    entry = session.scalars(select(JournalEntry).where(JournalEntry.action == "event.closed")).one()
    assert entry.changes["why"] == [None, "发票月底才到"]
    assert entry.changes["left_open"] == [None, 1]
    actions.tick(event, items[0], done=True, by="x")  # what was left open can still be done
    with pytest.raises(actions.CloseoutClosed):
        actions.tick(event, items[0], done=False, by="x")
    with pytest.raises(actions.CloseoutClosed):
        actions.add(event, items[0].person, K.SETTLE, "还有一件")
    with pytest.raises(actions.CloseoutClosed):
        actions.make(event)


def test_an_item_by_hand_is_removed_one_of_the_role_is_waived(made, session):
    event, person, items = made
    with pytest.raises(actions.ItemOfRole):
        actions.remove(event, items[0])
    with pytest.raises(actions.NothingToDo):
        actions.add(event, person, K.SETTLE, " ")
    added = [actions.add(event, person, K.HAND_OVER, "钥匙交前台") for _ in range(2)]
    actions.remove(event, added[0])
    assert session.scalar(select(func.count()).select_from(CloseoutItem)) == 4


def test_who_has_left_hands_over_and_the_list_does_not_come_back(made, crew, session, fresh):
    event, person, items = made
    actions.tick(event, items[0], done=True, by="x")
    person.is_active = False
    other = fresh(crew.person("林晚晴"))
    gone = fresh(crew.person("已离职", is_active=False))
    assert [(each.name, n) for each, n in queries.left_with_open([event])[event.id]] == [("周子墨", 2)]
    with pytest.raises(SigningDayError) as refused:
        actions.hand_over(event, items, gone)
    assert refused.value.code == "person_has_left"
    assert actions.hand_over(event, items, other) == 2
    session.commit()
    assert queries.left_with_open([event]) == {}
    assert actions.make(event) == []
    theirs = queries.sheet(event, other.id)
    assert theirs is not None
    assert theirs.progress.open == 2
    assert {each.given_by for each in queries.items(event, person_id=other.id)} == {"周子墨"}


def test_a_waiver_is_taken_back(made, session):
    event, _person, items = made
    actions.waive(event, items[:1], "不需要", by_id=None)
    actions.tick(event, items[0], done=True, by="x")
    assert items[0].done_at is None
    actions.open_again(event, items[0])
    assert items[0].is_open
    assert items[0].waived_why == ""


def test_closing_while_an_item_is_added(app, made, session):
    """Whichever is first: the item stands in the way, or it comes too late. Never a closed event with a new item."""
    event, person, items = made
    for item in items:
        actions.tick(event, item, done=True, by="x")
    event_id, person_id = event.id, person.id
    session.commit()
    session.remove()

    def close():
        events.take_step(db.session.get_one(Event, event_id), EventStatus.CLOSED)
        return "closed"

    def add(number):
        person = db.session.get_one(StaffPerson, person_id)
        actions.add(db.session.get_one(Event, event_id), person, K.SETTLE, f"发票{number}")
        return "added"

    with clock.stopped_at(AFTER):
        results = at_once(app, [close, *(partial(add, number) for number in range(3))])
    codes = [each if isinstance(each, str) else getattr(each, "code", repr(each)) for each in results]
    added = codes[1:].count("added")
    with app.app_context():
        there = db.session.scalar(select(func.count()).select_from(CloseoutItem).where(CloseoutItem.key.is_(None)))
        closed = db.session.get_one(Event, event_id).status is EventStatus.CLOSED
    assert there == added
    assert not (closed and added), codes
    assert set(codes) <= {"closed", "added", "event_not_cleared_up", "closeout_closed", "stale_change"}, codes


def test_lists_made_twice_at_once(app, over):
    event, *_ = over

    def make():
        with clock.stopped_at(AFTER):
            return len(actions.make(db.session.get_one(Event, event.id)))

    results = at_once(app, [make, make, make])
    assert sorted(results) == [0, 0, 3]


# --- Pages


def test_a_hired_person_ticks_on_the_phone(made, client, session):
    event, _person, items = made
    reminders.remind(event)
    token = session.scalars(select(StaffPass.token)).one()
    wanted, other = items[0].id, items[1].id
    session.commit()
    assert items[1].text in client.get(f"/d/{token}").text
    answer = client.post(f"/d/{token}/closeout", data={"item_id": wanted, "done": "1"})
    assert answer.status_code == 303
    assert client.post(f"/d/{token}/closeout", data={"item_id": 987, "done": "1"}).status_code == 404
    session.expire_all()
    assert session.get(CloseoutItem, wanted).done_by == "周子墨"
    client.post(f"/d/{token}/closeout", data={"item_id": wanted, "done": "0"})
    session.expire_all()
    assert session.get(CloseoutItem, wanted).is_open
    assert session.get(CloseoutItem, other).is_open


def test_nobody_ticks_on_somebody_elses_link(made, client, crew, session, fresh):
    event, _person, items = made
    other = fresh(crew.person("林晚晴"))
    item = actions.add(event, other, K.RETURN, "胸卡")
    reminders.remind(event)
    token = session.scalars(select(StaffPass.token).where(StaffPass.person_id == other.id)).one()
    theirs = items[0].id
    session.commit()
    assert client.post(f"/d/{token}/closeout", data={"item_id": theirs, "done": "1"}).status_code == 404
    assert client.post(f"/d/{token}/closeout", data={"item_id": item.id, "done": "1"}).status_code == 303


def test_the_organizer_waives_with_a_reason_and_closes(made, build, app, client, session):
    event, person, items = made
    slug, person_id, first = event.slug, person.id, items[0].id
    session.commit()
    session.remove()
    user = build.user(Role.PLANNER)
    build.sign_in(client, user)
    planner = client
    base = f"/events/{slug}/staff/closeout"
    assert planner.get(base).status_code == 200
    assert planner.get(f"{base}/{person_id}").status_code == 200
    assert planner.get(f"/events/{slug}/close").status_code == 200
    answer = planner.post(f"/events/{slug}/status", query_string={"to": "closed"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/events/{slug}/close")
    assert planner.post(f"/events/{slug}/close").status_code == 422
    assert planner.post(f"/events/{slug}/close", data={"why": " "}).status_code == 422
    refused = planner.post(f"{base}/{person_id}/waive", data={"item_id": first, "why": ""})
    assert refused.status_code == 422
    assert planner.post(f"{base}/{person_id}/waive", data={"item_id": 0, "why": "不再需要"}).status_code == 303
    with app.app_context():
        rows = db.session.scalars(select(CloseoutItem)).all()
        assert {(row.waived_by_id, row.waived_why) for row in rows} == {(user.id, "不再需要")}
    assert planner.post(f"/events/{slug}/close").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Event.status)).one() is EventStatus.CLOSED
    assert planner.post(f"/events/{slug}/close").status_code == 409
    assert planner.get(f"{base}/lists.pdf").data.startswith(b"%PDF")


def test_colleagues_see_and_tick_their_own_list_only(app, build, client, crew):
    event = crew.event(status=EventStatus.RUNNING)
    user = build.user(Role.SALES_REP)
    mine, other = crew.person("韩卫东", user_id=user.id), crew.person("周子墨")
    given = {"event_id": event.id, "kind": K.RETURN, "text": "投影仪", "created_at": NOW}
    item, theirs = (crew.save(CloseoutItem(person_id=each.id, **given)) for each in (mine, other))
    build.sign_in(client, user)
    base, own = f"/events/{event.slug}/staff/closeout", f"/events/{event.slug}/my-closeout"
    assert client.get(base).status_code == 403
    assert client.get(f"{base}/{other.id}").status_code == 403
    assert client.get(own).status_code == 200
    assert client.post(f"{own}/{theirs.id}/tick", data={"done": "1"}).status_code == 404
    assert client.post(f"{own}/{item.id}/tick", data={"done": "1"}).status_code == 303
    assert client.post(f"{base}/{mine.id}/waive", data={"item_id": item.id, "why": "x"}).status_code == 403
    with app.app_context():
        assert db.session.get_one(CloseoutItem, item.id).done_by == user.name
    stranger = build.client(Role.SALES_REP)
    assert stranger.get(own).status_code == 404


def test_progress_costs_the_same_for_many(over, crew, session, fresh, app):
    event, role, shift, _person = over
    here = fresh(event)

    def count():
        session.expire_all()
        with noted(app) as said:
            queries.sheets(session.get(Event, here.id))
        return len(said)

    few = count()
    for slot in range(2, 12):
        crew.duty(role, shift, crew.person(), slot=slot)
    assert count() == few
