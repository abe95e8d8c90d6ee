"""Whatever happens in whatever order: never more people than seats, and nobody in line is passed over."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.blueprints.rsvp import jobs
from app.blueprints.rsvp.reply.actions import RepliesClosed
from app.blueprints.rsvp.seats import queries
from app.blueprints.rsvp.seats.actions import HallFull
from app.extensions import db
from app.models import Answer, Event, Readiness
from app.models import InvitationState as S
from tests.rsvp.conftest import DUE, LONG_BEFORE

GUESTS = 6
NAMES = ("李四", "王五", "赵六")

answers = st.tuples(st.just("answer"), st.integers(0, GUESTS - 1), st.sampled_from(list(Answer)), st.integers(0, 2))
happenings = st.one_of(
    answers,
    answers,
    answers,
    st.tuples(st.just("larger"), st.integers(1, 2)),
    st.tuples(st.just("round")),
    st.tuples(st.just("silence")),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 6), st.lists(happenings, min_size=3, max_size=14))
def test_seats_and_order(desk, capacity, story):
    with clock.stopped_at(LONG_BEFORE):
        event = desk.event(capacity=capacity)
        guests = [desk.guest(event, readiness=list(Readiness)[n % 4]) for n in range(GUESTS)]
    at = LONG_BEFORE
    for what, *more in story:
        at += timedelta(minutes=1)
        at = max(at, DUE) if what == "round" else at
        with clock.stopped_at(at):
            happen(desk, event, guests, what, more, at)
        check(desk, event)


def happen(desk, event, guests, what, more, at):
    if what == "answer":
        number, answer, companions = more
        with suppress(HallFull, RepliesClosed):
            desk.answer(guests[number], answer, companions=NAMES[:companions])
    elif what == "larger":
        with desk.app.app_context():
            db.session.get_one(Event, event.id).capacity += more[0]
            db.session.commit()
        desk.run(jobs.run_move_up, at)
    elif what == "round":
        desk.run(jobs.run_reconfirm, at)
    else:
        desk.run(jobs.run_silent, at + timedelta(hours=5))


def check(desk, event):
    with desk.app.app_context():
        row = db.session.get_one(Event, event.id)
        hall = queries.seats(row)
        assert hall.taken <= hall.capacity
        assert all(each.people > hall.free for each in queries.waiting_list(row))
        waiting = {each.id for each in queries.waiting_invitations(row)}
    assert sum(state is S.WAITING for state in desk.states(event)) == len(waiting)
