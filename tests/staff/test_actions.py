"""Giving duties, moving them, taking them back, on both databases."""

import pytest
from sqlalchemy import func, select

from app.blueprints.staff import actions, queries
from app.blueprints.staff.plan import digest_of
from app.blueprints.staff.rules.places import (
    AlreadyInRole,
    NoPlaceFree,
    PersonHasLeft,
    PlaceTaken,
    StaffPlanClosed,
)
from app.models import Duty, DutyState, EventStatus, JournalEntry

S = DutyState


def journaled(session):
    return list(session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


def given(session, event):
    rows = session.execute(
        select(Duty.role_id, Duty.shift_id, Duty.slot, Duty.person_id, Duty.is_deputy)
        .where(Duty.event_id == event.id)
        .order_by(Duty.role_id, Duty.shift_id, Duty.is_deputy, Duty.slot)
    )
    return [tuple(row) for row in rows]


def test_a_person_takes_the_first_free_place_and_its_station(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place(required=2))
    role.stations = "1 号签到台\n2 号签到台"
    first, second = crew.person(), crew.person()
    (one,) = actions.assign(event, role, fresh(first), [shift])
    (two,) = actions.assign(event, role, fresh(second), [shift])
    session.commit()
    assert [(each.slot, each.station, each.state) for each in (one, two)] == [
        (1, "1 号签到台", S.PLANNED),
        (2, "2 号签到台", S.PLANNED),
    ]
    assert journaled(session) == ["duty.assigned", "duty.assigned"]


def test_several_shifts_at_once(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    other = fresh(crew.shift(event, 15, 16.5))
    crew.need(role, other)
    person = fresh(crew.person())
    actions.assign(event, role, person, [shift, other], station="主席台")
    assert [row[1:4] for row in given(session, event)] == [(shift.id, 1, person.id), (other.id, 1, person.id)]


def test_a_full_role_takes_one_more_only_when_wanted(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    actions.assign(event, role, fresh(crew.person()), [shift])
    extra = fresh(crew.person())
    with pytest.raises(NoPlaceFree):
        actions.assign(event, role, extra, [shift])
    (duty,) = actions.assign(event, role, extra, [shift], beyond=True)
    assert duty.slot == 2
    plan = queries.plan(event)
    assert [place.is_extra for place in plan.cell(role, shift).places] == [False, True]


def test_nobody_has_a_role_twice_in_a_shift(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place(required=2))
    person = fresh(crew.person())
    actions.assign(event, role, person, [shift])
    with pytest.raises(AlreadyInRole):
        actions.assign(event, role, person, [shift])
    with pytest.raises(AlreadyInRole):
        actions.assign(event, role, person, [shift], is_deputy=True)


def test_deputies_have_places_of_their_own(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    actions.assign(event, role, fresh(crew.person()), [shift])
    for _ in range(2):
        actions.assign(event, role, fresh(crew.person()), [shift], is_deputy=True)
    assert [(row[2], row[4]) for row in given(session, event)] == [(1, False), (1, True), (2, True)]


def test_a_place_that_is_taken(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place(required=2))
    actions.assign(event, role, fresh(crew.person()), [shift], slot=2)
    with pytest.raises(PlaceTaken):
        actions.assign(event, role, fresh(crew.person()), [shift], slot=2)
    (duty,) = actions.assign(event, role, fresh(crew.person()), [shift])
    assert duty.slot == 1


def test_who_has_left_gets_nothing(session, crew, fresh, build):
    gone = build.user(is_active=False)
    event, role, shift = (fresh(row) for row in crew.place())
    with pytest.raises(PersonHasLeft):
        actions.assign(event, role, fresh(crew.person(is_active=False)), [shift])
    with pytest.raises(PersonHasLeft):
        actions.assign(event, role, fresh(crew.person(user_id=gone.id)), [shift])


@pytest.mark.parametrize("status", [EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_a_closed_event_stays_as_it_was(session, crew, fresh, status):
    event, role, shift = (fresh(row) for row in crew.place(status=status))
    duty = fresh(crew.duty(role, shift, crew.person()))
    person = fresh(crew.person())
    for act in (
        lambda: actions.assign(event, role, person, [shift], beyond=True),
        lambda: actions.move(event, duty, role, shift, slot=2, is_deputy=False),
        lambda: actions.hand_over(event, duty, person),
        lambda: actions.remove(event, duty),
        lambda: actions.stand_at(event, duty, "x"),
        lambda: actions.prepare(event),
    ):
        with pytest.raises(StaffPlanClosed):
            act()


def test_moving_takes_the_station_of_the_new_place_and_asks_again(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    later = fresh(crew.shift(event, 15, 17))
    other = fresh(crew.role(event, stations="签约台"))
    crew.need(other, later)
    duty = fresh(crew.duty(role, shift, crew.person(), state=S.ACKNOWLEDGED, told_digest="x" * 64, station="入口"))
    actions.move(event, duty, other, later, slot=None, is_deputy=False)
    session.commit()
    assert (duty.role_id, duty.shift_id, duty.slot, duty.station) == (other.id, later.id, 1, "签约台")
    assert queries.plan(event).fact_of[duty.id].standing is S.CHANGED
    assert journaled(session) == ["duty.moved"]
    assert session.scalar(select(JournalEntry.changes))["role"] == [role.name, other.name]


def test_moving_to_a_filled_place_or_a_second_time_into_a_role(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place(required=2))
    later = fresh(crew.shift(event, 15, 17))
    crew.need(role, later)
    person = crew.person()
    duty = fresh(crew.duty(role, shift, person))
    crew.duty(role, shift, crew.person(), slot=2)
    with pytest.raises(PlaceTaken):
        actions.move(event, duty, role, shift, slot=2, is_deputy=False)
    with pytest.raises(NoPlaceFree):
        actions.move(event, duty, fresh(crew.role(event)), shift, slot=None, is_deputy=False)
    crew.duty(role, later, person)
    with pytest.raises(AlreadyInRole):
        actions.move(event, duty, role, later, slot=2, is_deputy=False)


def test_handing_over_and_taking_it_back(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    first, second = fresh(crew.person()), fresh(crew.person())
    duty = fresh(crew.duty(role, shift, first, station="主席台", state=S.REFUSED, refusal="出差"))
    new, entry = actions.hand_over(event, duty, second)
    session.commit()
    assert (new.person_id, new.slot, new.station, new.state) == (second.id, 1, "主席台", S.PLANNED)
    back = actions.put_back(event, entry, instead_of=new)
    session.commit()
    assert (back.person_id, back.state, back.refusal) == (first.id, S.REFUSED, "出差")
    assert session.scalar(select(func.count(Duty.id))) == 1


def test_undo_brings_a_duty_back_as_it_was_and_only_once(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    told = {"state": S.ACKNOWLEDGED, "told_digest": "d" * 64, "told_at": shift.starts_at, "answered_at": shift.ends_at}
    duty = fresh(crew.duty(role, shift, crew.person(), **told))
    entry = actions.remove(event, duty)
    session.commit()
    assert given(session, event) == []
    assert queries.removal(event, entry.id) is entry
    back = actions.put_back(event, entry)
    session.commit()
    assert {name: getattr(back, name) for name in told} == told
    with pytest.raises(AlreadyInRole):
        actions.put_back(event, entry)


def test_undo_after_somebody_else_was_given_the_place(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    entry = actions.remove(event, fresh(crew.duty(role, shift, crew.person())))
    actions.assign(event, role, fresh(crew.person()), [shift])
    with pytest.raises(PlaceTaken):
        actions.put_back(event, entry)


def test_undo_after_the_role_is_gone(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    entry = actions.remove(event, fresh(crew.duty(role, shift, crew.person())))
    session.delete(role)
    session.commit()
    with pytest.raises(actions.DutyIsBack):
        actions.put_back(event, entry)


def test_a_removal_is_found_only_through_its_event(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    entry = actions.remove(event, fresh(crew.duty(role, shift, crew.person())))
    session.commit()
    assert queries.removal(fresh(crew.event()), entry.id) is None


def test_a_new_station_asks_again(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    duty = fresh(crew.duty(role, shift, crew.person(), state=S.TOLD))
    duty.told_digest = digest_of(duty)
    session.commit()
    assert queries.plan(event).fact_of[duty.id].standing is S.TOLD
    actions.stand_at(event, duty, "2 号签到台")
    session.commit()
    assert queries.plan(event).fact_of[duty.id].standing is S.CHANGED


def test_a_new_venue_asks_again_without_anybody_touching_the_plan(session, crew, fresh):
    event, role, shift = (fresh(row) for row in crew.place())
    duty = fresh(crew.duty(role, shift, crew.person(), state=S.ACKNOWLEDGED))
    duty.told_digest = digest_of(duty)
    session.commit()
    event.venue = "另一家酒店"
    session.commit()
    assert queries.plan(event).fact_of[duty.id].standing is S.CHANGED
