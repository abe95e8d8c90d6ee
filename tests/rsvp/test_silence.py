"""Unanswered for too long: on the call list, and the rep knows."""

from datetime import time, timedelta

import pytest

from app import clock
from app.blueprints.rsvp import jobs
from app.models import Answer
from app.models import InvitationState as S
from tests.rsvp.conftest import DUE, START

pytestmark = pytest.mark.usefixtures("at_the_beginning")
HOUR = timedelta(hours=1)


def step(desk, run, at):
    with clock.stopped_at(at):
        return desk.run(run, at)


def ask(desk, at=DUE):
    return step(desk, jobs.run_reconfirm, at)


def silence(desk, at):
    return step(desk, jobs.run_silent, at)


def test_silent_after_the_event_s_hours(desk, build):
    rep = build.user()
    event = desk.event(silent_after_hours=4)
    yes, _, answered = (desk.guest(event, rep_id=rep.id) for _ in range(3))
    desk.answer(yes)
    ask(desk)
    with clock.stopped_at(DUE + HOUR):
        desk.answer(answered, details=False)
    assert silence(desk, DUE + 4 * HOUR - timedelta(seconds=1)) == 0
    assert silence(desk, DUE + 4 * HOUR) == 2
    assert desk.states(event) == [S.SILENT, S.SILENT, S.FIRM]
    assert silence(desk, DUE + 5 * HOUR) == 0
    (message,) = desk.messages("silent_for_rep")
    assert (message.user_id, message.event_id) == (rep.id, event.id)
    assert f"/events/{event.slug}/calls/" in message.text


def test_one_message_for_each_rep_and_none_for_nobody(desk, build):
    event = desk.event()
    reps = [build.user(), build.user()]
    for rep in (*reps, *reps, None):
        desk.guest(event, state=S.ACCEPTED, rep_id=rep.id if rep else None)
    ask(desk)
    assert silence(desk, DUE + 6 * HOUR) == 5
    assert [message.user_id for message in desk.messages("silent_for_rep")] == [rep.id for rep in reps]


def test_a_question_held_back_over_night_is_young_in_the_morning(desk):
    event = desk.event(quiet_from=time(21), quiet_until=time(8, 30), silent_after_hours=4)
    guest = desk.guest(event, state=S.ACCEPTED)
    night = DUE.replace(hour=17)  # 01:00 in Shanghai: the worker is back
    ask(desk, night)
    assert silence(desk, night + 6 * HOUR) == 0
    morning = night.replace(hour=0, minute=30) + timedelta(days=1)
    assert desk.messages("reconfirm")[0].due_at == morning
    assert silence(desk, morning + 4 * HOUR) == 1
    assert desk.state(guest) is S.SILENT


def test_who_never_answered_takes_no_seat_by_being_silent(desk):
    event = desk.event(capacity=1)
    never, seated = desk.guest(event), desk.guest(event)
    desk.answer(seated)
    ask(desk)
    silence(desk, DUE + 5 * HOUR)
    with clock.stopped_at(DUE + 6 * HOUR):
        assert desk.answer(never, details=False).is_waiting
        desk.answer(seated, Answer.NOT_COMING, details=False)
    assert desk.states(event) == [S.FIRM, S.DECLINED_LATE]


def test_nobody_falls_silent_once_the_event_has_begun(desk):
    desk.guest(desk.event(), state=S.ACCEPTED)
    ask(desk, START - HOUR)
    assert silence(desk, START + 4 * HOUR) == 0


def test_rehearsal_of_silence(desk):
    event = desk.event()
    guest = desk.guest(event, state=S.ACCEPTED)
    ask(desk)
    with desk.app.app_context():
        (planned,) = jobs.plan_silent(DUE + 9 * HOUR)
    assert (planned.event_slug, planned.count, planned.due_at) == (event.slug, 1, DUE + 4 * HOUR)
    assert desk.state(guest) is S.ACCEPTED


def test_a_larger_hall_lets_the_waiting_in_at_the_next_turn(desk):
    event = desk.event(capacity=1)
    seated, waiting = desk.guest(event), desk.guest(event)
    desk.answer(seated)
    desk.answer(waiting)
    assert desk.run(jobs.run_move_up, clock.now()) == 0
    desk.set_event(event, capacity=2)
    with desk.app.app_context():
        assert [planned.count for planned in jobs.plan_move_up(clock.now())] == [1]
    assert desk.run(jobs.run_move_up, clock.now()) == 1
    assert desk.state(waiting) is S.ACCEPTED
