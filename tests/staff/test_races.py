"""Two planners at the same moment: one fills the last place, nobody is there twice, Undo puts back once."""

import threading
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from app.blueprints.staff import actions, queries
from app.blueprints.staff.rules.places import AlreadyInRole, NoPlaceFree, PlaceTaken
from app.errors import SigningDayError
from app.extensions import db
from app.models import Duty, Event, Shift, StaffPerson, StaffRole


def at_once(app, works):
    """Let all works begin together, each in a thread, a session and a transaction of its own."""
    barrier = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place, work):
        with app.app_context():
            barrier.wait()
            try:
                results[place] = work()
                db.session.commit()
            except Exception as error:  # noqa: BLE001 - the test looks at it
                db.session.rollback()
                results[place] = error

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def give(event, role, shift, person, **how):
    actions.assign(
        db.session.get_one(Event, event.id),
        db.session.get_one(StaffRole, role.id),
        db.session.get_one(StaffPerson, person.id),
        [db.session.get_one(Shift, shift.id)],
        **how,
    )
    return "given"


def given(app, event):
    with app.app_context():
        return [
            (row.slot, row.person_id)
            for row in db.session.scalars(select(Duty).where(Duty.event_id == event.id).order_by(Duty.slot))
        ]


@pytest.mark.parametrize("slot", [None, 1])
def test_the_last_place_goes_to_one(app, crew, slot):
    event, role, shift = crew.place()
    people = [crew.person() for _ in range(4)]
    results = at_once(app, [partial(give, event, role, shift, person, slot=slot) for person in people])
    assert results.count("given") == 1
    assert all(isinstance(each, PlaceTaken | NoPlaceFree) for each in results if each != "given")
    assert len(given(app, event)) == 1


def test_one_person_dropped_twice(app, crew):
    event, role, shift = crew.place(required=3)
    person = crew.person()
    results = at_once(app, [partial(give, event, role, shift, person) for _ in range(3)])
    assert results.count("given") == 1
    assert all(isinstance(each, PlaceTaken | AlreadyInRole) for each in results if each != "given")


def test_the_same_duty_taken_away_and_handed_over(app, crew):
    event, role, shift = crew.place()
    duty, other = crew.duty(role, shift, crew.person()), crew.person()

    def remove():
        here = db.session.get_one(Event, event.id)
        actions.remove(here, db.session.get_one(Duty, duty.id))
        return "removed"

    def hand_over():
        here = db.session.get_one(Event, event.id)
        actions.hand_over(here, db.session.get_one(Duty, duty.id), db.session.get_one(StaffPerson, other.id))
        return "handed over"

    at_once(app, [remove, hand_over])
    assert len(given(app, event)) <= 1


def test_undo_pressed_twice_at_once(app, crew):
    event, role, shift = crew.place()
    duty = crew.duty(role, shift, crew.person())
    with app.app_context():
        here = db.session.get_one(Event, event.id)
        entry_id = actions.remove(here, db.session.get_one(Duty, duty.id)).id
        db.session.commit()

    def put_back():
        here = db.session.get_one(Event, event.id)
        entry = queries.removal(here, entry_id)
        assert entry is not None
        actions.put_back(here, entry)
        return "back"

    results = at_once(app, [put_back, put_back, put_back])
    assert results.count("back") == 1
    assert all(isinstance(each, SigningDayError) for each in results if each != "back")
    assert given(app, event) == [(1, duty.person_id)]
