"""Three days out: asked again, once, whatever happens to the worker, the clock or the event."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.messages import actions as messages
from app.blueprints.rsvp import jobs
from app.blueprints.rsvp.rounds import actions
from app.blueprints.rsvp.rounds.actions import AlreadyAsked
from app.errors import EventNotOpen
from app.extensions import db
from app.models import Answer, Event, EventStatus, Round, Via
from app.models import InvitationState as S
from tests.rsvp.conftest import DUE, LONG_BEFORE, START

pytestmark = pytest.mark.usefixtures("at_the_beginning")
HOUR = timedelta(hours=1)


def ask(desk, at=DUE):
    with clock.stopped_at(at):
        return desk.run(jobs.run_reconfirm, at)


def rounds(desk, event):
    with desk.app.app_context():
        return list(db.session.scalars(select(Round).where(Round.event_id == event.id).order_by(Round.number)))


def one_of_each(desk, event):
    states = [state for state in S if state not in (S.NO_SHOW, S.ARRIVED)]
    return {state: desk.guest(event, state=state) for state in states}


def test_who_is_asked(desk):
    event = desk.event()
    guests = one_of_each(desk, event)
    assert ask(desk, DUE - timedelta(seconds=1)) == 0
    assert ask(desk) == 3
    asked = {state for state, guest in guests.items() if desk.confirmations(guest)}
    assert asked == {S.ACCEPTED, S.INVITED, S.NO_ANSWER}
    assert desk.state(guests[S.INVITED]) is S.NO_ANSWER
    assert desk.state(guests[S.ACCEPTED]) is S.ACCEPTED
    keys = {message.key for message in desk.messages("reconfirm")}
    assert keys == {f"reconfirm:1:{guests[state].id}" for state in asked}
    (row,) = rounds(desk, event)
    assert (row.number, row.started_at, row.finished_at, row.event_starts_at) == (1, DUE, DUE, START)


def test_running_twice_asks_nobody_twice(desk):
    event = desk.event()
    guest = desk.guest(event, state=S.ACCEPTED)
    assert [ask(desk, DUE + hours * HOUR) for hours in range(4)] == [1, 0, 0, 0]
    assert len(desk.confirmations(guest)) == len(desk.messages("reconfirm")) == len(rounds(desk, event)) == 1


def test_a_worker_that_was_down_asks_when_it_is_back_until_the_event_begins(desk):
    guest = desk.guest(desk.event(), state=S.ACCEPTED)
    late = desk.guest(desk.event(starts_at=DUE), state=S.ACCEPTED)
    assert ask(desk, START - HOUR) == 1
    assert desk.confirmations(guest)
    assert desk.confirmations(late) == []


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_only_live_events_ask(desk, status):
    desk.guest(desk.event(status=status), state=S.ACCEPTED)
    assert ask(desk) == 0


def test_a_crash_between_two_batches_is_carried_on(desk, monkeypatch):
    event = desk.event(capacity=100)
    guests = [desk.guest(event, state=S.ACCEPTED) for _ in range(7)]
    monkeypatch.setattr(actions, "BATCH", 2)
    monkeypatch.setattr(actions.ask_some, "__defaults__", (2,))
    real, calls = messages.post_to_guests, []

    def breaking(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise RuntimeError("the machine went down")
        return real(*args, **kwargs)

    monkeypatch.setattr(messages, "post_to_guests", breaking)
    with pytest.raises(RuntimeError):
        ask(desk)
    assert sum(len(desk.confirmations(guest)) for guest in guests) == 4
    assert len(desk.messages("reconfirm")) == 4
    assert rounds(desk, event)[0].finished_at is None
    assert ask(desk, DUE + HOUR) == 3
    assert [len(desk.confirmations(guest)) for guest in guests] == [1] * 7
    assert len({message.invitation_id for message in desk.messages("reconfirm")}) == 7
    assert rounds(desk, event)[0].finished_at == DUE + HOUR


def test_one_event_that_fails_does_not_keep_the_others_waiting(desk, monkeypatch):
    broken, sound = desk.event(), desk.event()
    desk.guest(broken, state=S.ACCEPTED)
    guest = desk.guest(sound, state=S.ACCEPTED)
    real = messages.post_to_guests

    def breaking(invitations, *args, **kwargs):
        if invitations[0].event_id == broken.id:
            raise RuntimeError("a wording nobody can fill in")
        return real(invitations, *args, **kwargs)

    monkeypatch.setattr(messages, "post_to_guests", breaking)
    with pytest.raises(RuntimeError):
        ask(desk)
    assert desk.confirmations(guest)


def test_the_event_moved_before_the_round_moves_the_round(desk):
    event = desk.event()
    guest = desk.guest(event, state=S.ACCEPTED)
    desk.move(event, START + timedelta(days=14))
    assert ask(desk) == 0
    assert ask(desk, DUE + timedelta(days=14)) == 1
    assert len(desk.confirmations(guest)) == 1


def test_the_event_moved_after_the_round_asks_again_for_the_new_day(desk):
    event = desk.event(capacity=100)
    firm, substitute, silent, never, declined = (
        desk.guest(event, state=state) for state in (S.ACCEPTED, S.ACCEPTED, S.ACCEPTED, S.INVITED, S.ACCEPTED)
    )
    desk.answer(silent)
    ask(desk)
    with clock.stopped_at(DUE + HOUR):
        desk.answer(firm, details=False)
        desk.answer(substitute, Answer.SUBSTITUTE, details=False)
        desk.answer(declined, Answer.NOT_COMING)
    with clock.stopped_at(DUE + 5 * HOUR):
        desk.run(jobs.run_silent, DUE + 5 * HOUR)
    before = [S.FIRM, S.SUBSTITUTE, S.SILENT, S.SILENT, S.DECLINED_LATE]
    assert desk.states(event) == before
    desk.move(event, START + timedelta(days=14))
    assert ask(desk, DUE + timedelta(days=13)) == 0
    assert desk.states(event) == before
    assert ask(desk, DUE + timedelta(days=14)) == 4
    assert desk.states(event) == [S.ACCEPTED, S.ACCEPTED, S.ACCEPTED, S.SILENT, S.DECLINED_LATE]
    assert [row.number for row in rounds(desk, event)] == [1, 2]
    assert len(desk.confirmations(declined)) == 1
    assert len(desk.confirmations(never)) == 2
    assert {m.key for m in desk.messages("reconfirm")} >= {f"reconfirm:2:{firm.id}", f"reconfirm:2:{silent.id}"}


def test_a_round_cut_short_by_a_move_asks_no_more_about_the_old_day(desk, monkeypatch):
    event = desk.event()
    desk.guest(event, state=S.ACCEPTED)
    with desk.app.app_context(), clock.stopped_at(DUE):
        actions.begin_if_due(db.session.get_one(Event, event.id), DUE)
        db.session.commit()
    desk.move(event, START + timedelta(days=14))
    assert ask(desk, DUE + HOUR) == 0
    assert rounds(desk, event)[0].finished_at == DUE + HOUR


def test_moved_by_hours_asks_nobody_again(desk):
    event = desk.event()
    desk.guest(event, state=S.ACCEPTED)
    ask(desk)
    desk.move(event, START + 5 * HOUR)
    assert ask(desk, DUE + 6 * HOUR) == 0
    assert len(rounds(desk, event)) == 1


def test_who_is_invited_after_the_round_is_left_alone(desk):
    event = desk.event()
    ask(desk)
    guest = desk.guest(event, invited_at=DUE + HOUR)
    assert ask(desk, DUE + 2 * HOUR) == 0
    assert desk.state(guest) is S.INVITED


def test_the_wall_clock_of_the_event_s_zone_decides(desk):
    # 10:00 in Berlin on 26 October 2026 is 09:00 UTC, the day after the clocks went back.
    start = LONG_BEFORE.replace(year=2026, month=10, day=29, hour=8)
    event = desk.event(starts_at=start, time_zone="Europe/Berlin")
    guest = desk.guest(event, state=S.ACCEPTED, invited_at=None)
    due = start.replace(day=26, hour=9)
    assert ask(desk, due - timedelta(minutes=1)) == 0
    assert ask(desk, due) == 1
    assert desk.confirmations(guest)[0].asked_at == due


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(Answer.COMING, S.FIRM), (Answer.NOT_COMING, S.DECLINED_LATE), (Answer.SUBSTITUTE, S.SUBSTITUTE)],
)
@pytest.mark.parametrize("before", [S.ACCEPTED, S.INVITED])
def test_one_tap(desk, before, answer, expected):
    guest = desk.guest(desk.event(replies_close_at=DUE - HOUR), state=before)
    ask(desk)
    with clock.stopped_at(DUE + HOUR):
        desk.answer(guest, answer, details=False)
    (confirmation,) = desk.confirmations(guest)
    assert (desk.state(guest), confirmation.answer, confirmation.via) == (expected, answer, Via.LINK)
    assert desk.reply(guest).answer is answer


def test_a_late_decline_lets_the_first_of_the_waiting_list_in(desk):
    event = desk.event(capacity=1)
    seated, early, late = (desk.guest(event) for _ in range(3))
    desk.answer(seated)
    desk.answer(early)
    ask(desk)
    with clock.stopped_at(DUE + HOUR):
        assert desk.answer(late).is_waiting
        desk.answer(seated, Answer.NOT_COMING, details=False)
        # Said yes weeks ago: has a seat, and is asked by the message that tells so.
        assert (desk.state(early), desk.confirmations(early)[0].answer) == (S.ACCEPTED, None)
        desk.answer(early, Answer.NOT_COMING, details=False)
        # Said yes this very hour: firm.
        assert desk.state(late) is S.FIRM


def test_a_yes_after_the_round_is_firm_though_nobody_asked(desk):
    event = desk.event()
    ask(desk)
    guest = desk.guest(event, invited_at=DUE + HOUR)
    with clock.stopped_at(DUE + 2 * HOUR):
        desk.answer(guest)
    assert desk.state(guest) is S.FIRM
    assert desk.confirmations(guest)[0].answer is Answer.COMING


def test_begun_by_hand_once(desk):
    event = desk.event()
    guest = desk.guest(event, state=S.ACCEPTED)
    with desk.app.app_context():
        row = db.session.get_one(Event, event.id)
        of_round = actions.begin_now(row, LONG_BEFORE)
        db.session.commit()
        assert jobs.ask_all(row, LONG_BEFORE) == 1
        with pytest.raises(AlreadyAsked):
            actions.begin_now(row, LONG_BEFORE + HOUR)
        assert of_round.number == 1
    assert ask(desk) == 0  # the scheduler does not ask a second time
    assert len(desk.confirmations(guest)) == 1


def test_not_begun_by_hand_when_it_is_too_late(desk):
    event = desk.event(starts_at=LONG_BEFORE)
    with desk.app.app_context(), pytest.raises(EventNotOpen):
        actions.begin_now(db.session.get_one(Event, event.id), LONG_BEFORE)


def test_rehearsal_tells_and_does_nothing(desk):
    event = desk.event()
    guest = desk.guest(event, state=S.ACCEPTED)
    with desk.app.app_context():
        (planned,) = jobs.plan_reconfirm(DUE + HOUR)
        assert (planned.step, planned.event_slug, planned.count, planned.due_at) == ("reconfirm", event.slug, 1, DUE)
    assert desk.confirmations(guest) == []
