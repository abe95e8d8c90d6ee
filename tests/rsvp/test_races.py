"""Two at the same moment: one gets the last seat, one round begins, one question is asked."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from app import clock
from app.blueprints.rsvp import jobs
from app.blueprints.rsvp.reply.actions import AnsweredElsewhere
from app.blueprints.rsvp.seats import queries
from app.extensions import db
from app.models import Answer, Confirmation, Event, Message, Round
from app.models import InvitationState as S
from tests.rsvp.conftest import DUE

pytestmark = pytest.mark.usefixtures("at_the_beginning")


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """Let all works begin together, each in a thread and with a connection of its own; return results or errors."""
    barrier = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.parametrize("turn", range(3))
def test_the_last_seat_goes_to_one(desk, turn):
    event = desk.event(capacity=1)
    guests = [desk.guest(event) for _ in range(4)]
    results = at_once([partial(desk.answer, guest) for guest in guests])
    assert sorted(result.state for result in results) == sorted([S.ACCEPTED, S.WAITING, S.WAITING, S.WAITING])
    assert sorted(desk.states(event)) == sorted([S.ACCEPTED, S.WAITING, S.WAITING, S.WAITING])


def test_companions_at_the_same_moment_do_not_overfill(desk):
    event = desk.event(capacity=5)
    guests = [desk.guest(event) for _ in range(4)]
    for guest in guests:
        desk.answer(guest)
    at_once([partial(desk.answer, guest, companions=("李四",)) for guest in guests])
    with desk.app.app_context():
        assert queries.seats_taken(db.session.get_one(Event, event.id)) == 5


def test_two_declines_move_up_two_and_no_more(desk):
    event = desk.event(capacity=2)
    seated = [desk.guest(event) for _ in range(2)]
    waiting = [desk.guest(event) for _ in range(3)]
    for guest in seated + waiting:
        desk.answer(guest)
    at_once([partial(desk.answer, guest, Answer.NOT_COMING) for guest in seated])
    states = desk.states(event)
    assert (states.count(S.ACCEPTED), states.count(S.WAITING), states.count(S.DECLINED)) == (2, 1, 2)
    assert len(desk.messages("waiting_list_moved_up")) == 2


def test_two_tabs_of_one_guest(desk):
    guest = desk.guest(desk.event())
    answers = [Answer.COMING, Answer.NOT_COMING]
    results = at_once([partial(desk.answer, guest, answer, seen=0) for answer in answers])
    assert sum(isinstance(result, AnsweredElsewhere) for result in results) == 1
    assert desk.reply(guest).version == 1


def test_two_workers_ask_everybody_once(desk):
    event = desk.event(capacity=100)
    for _ in range(25):
        desk.guest(event, state=S.ACCEPTED)

    def work():
        return desk.run(jobs.run_reconfirm, DUE)

    with clock.stopped_at(DUE):
        results = at_once([work, work, work])
    assert sum(results) == 25
    with desk.app.app_context():
        assert db.session.scalar(select(func.count(Round.id))) == 1
        assert db.session.scalar(select(func.count(Confirmation.id))) == 25
        assert db.session.scalar(select(func.count(Message.id)).where(Message.template == "reconfirm")) == 25
