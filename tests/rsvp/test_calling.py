"""Calls: what the guest said goes on record, and a slip of the thumb can be taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.rsvp import jobs
from app.blueprints.rsvp.calls import actions, queries
from app.blueprints.rsvp.calls.actions import NothingToUndo
from app.blueprints.rsvp.calls.rules import next_good_hour
from app.blueprints.rsvp.reply.actions import Given
from app.blueprints.rsvp.seats.actions import HallFull
from app.extensions import db
from app.models import Answer, Call, CallOutcome, Event, Invitation, MessageState, Readiness, Via
from app.models import InvitationState as S
from tests.rsvp.conftest import DUE

pytestmark = pytest.mark.usefixtures("at_the_beginning")
HOUR = timedelta(hours=1)
CALLED = DUE + 5 * HOUR  # 15:00


@pytest.fixture
def caller(build):
    return build.user()


@pytest.fixture
def event(desk):
    return desk.event(capacity=2)


def fall_silent(desk):
    with clock.stopped_at(DUE):
        desk.run(jobs.run_reconfirm, DUE)
    with clock.stopped_at(CALLED):
        desk.run(jobs.run_silent, CALLED)


@pytest.fixture
def silent(desk, event):
    """A guest who accepted and then did not answer the question before the day."""
    guest = desk.guest(event)
    desk.answer(guest)
    fall_silent(desk)
    return guest


def call(desk, guest, outcome, caller, **more):
    with desk.app.app_context(), clock.stopped_at(CALLED):
        invitation = db.session.get_one(Invitation, guest.id)
        row = actions.log_call(invitation, outcome, at=CALLED, caller_id=caller.id, **more)
        db.session.commit()
        return row.id


def undo(desk, guest, call_id):
    with desk.app.app_context(), clock.stopped_at(CALLED):
        actions.undo(db.session.get_one(Invitation, guest.id), db.session.get_one(Call, call_id))
        db.session.commit()


def calls(desk):
    with desk.app.app_context():
        return list(db.session.scalars(select(Call)))


def listed(desk, event, rep_id=None, now=CALLED):
    with desk.app.app_context():
        return [each.invitation.id for each in queries.call_list(db.session.get_one(Event, event.id), now, rep_id)]


@pytest.mark.parametrize(
    ("outcome", "state", "answer"),
    [
        (CallOutcome.COMING, S.FIRM, Answer.COMING),
        (CallOutcome.NOT_COMING, S.DECLINED_LATE, Answer.NOT_COMING),
        (CallOutcome.SUBSTITUTE, S.SUBSTITUTE, Answer.SUBSTITUTE),
    ],
)
def test_what_the_guest_says_on_the_phone_counts(desk, event, silent, caller, outcome, state, answer):
    given = Given(answer, substitute_name="王五") if answer is Answer.SUBSTITUTE else None
    call(desk, silent, outcome, caller, given=given)
    (confirmation,) = desk.confirmations(silent)
    assert (desk.state(silent), confirmation.answer, confirmation.via) == (state, answer, Via.PHONE)
    assert (confirmation.recorded_by_id, desk.reply(silent).via) == (caller.id, Via.PHONE)
    assert listed(desk, event) == []


@pytest.mark.parametrize("outcome", [CallOutcome.CALL_BACK, CallOutcome.NOT_REACHED, CallOutcome.WRONG_NUMBER])
def test_other_outcomes_leave_the_guest_on_the_list(desk, event, silent, caller, outcome):
    call(desk, silent, outcome, caller, note="开会")
    assert desk.state(silent) is S.SILENT
    assert listed(desk, event) == [silent.id]
    (row,) = calls(desk)
    expected = None if outcome is CallOutcome.WRONG_NUMBER else next_good_hour(CALLED, event.time_zone)
    assert (row.next_call_at, row.note) == (expected, "开会")


def test_a_promised_time_is_kept(desk, silent, caller):
    call(desk, silent, CallOutcome.CALL_BACK, caller, next_call_at=CALLED + timedelta(minutes=20))
    assert calls(desk)[0].next_call_at == CALLED + timedelta(minutes=20)


def test_no_call_is_promised_for_after_the_beginning(desk, event, silent, caller):
    desk.move(event, CALLED + HOUR)
    call(desk, silent, CallOutcome.NOT_REACHED, caller)
    assert calls(desk)[0].next_call_at is None


@pytest.mark.parametrize("outcome", [CallOutcome.COMING, CallOutcome.NOT_COMING])
@pytest.mark.parametrize("has_replied", [True, False])
def test_undo_puts_everything_back(desk, event, caller, outcome, has_replied):
    guest = desk.guest(event)
    if has_replied:
        desk.answer(guest)
    fall_silent(desk)
    before = desk.reply(guest)
    call_id = call(desk, guest, outcome, caller)
    posted = desk.messages("reply_received")[-1]
    assert (posted.state, posted.due_at) == (MessageState.WAITING, CALLED + actions.SECOND_THOUGHTS)
    undo(desk, guest, call_id)
    after = desk.reply(guest)
    assert desk.state(guest) is S.SILENT
    assert (after and (after.answer, after.via)) == (before and (before.answer, before.via))
    assert [(each.answer, each.via) for each in desk.confirmations(guest)] == [(None, None)]
    assert desk.messages("reply_received")[-1].state is MessageState.CANCELLED
    assert calls(desk) == []
    assert listed(desk, event) == [guest.id]
    call(desk, guest, CallOutcome.COMING, caller)
    assert desk.state(guest) is S.FIRM


def test_undo_does_not_take_a_seat_from_who_got_it(desk, event, silent, caller):
    other, waiting = desk.guest(event), desk.guest(event)
    with clock.stopped_at(CALLED):
        desk.answer(other)
        assert desk.answer(waiting).is_waiting
    call_id = call(desk, silent, CallOutcome.NOT_COMING, caller)
    assert desk.state(waiting) is S.FIRM
    with pytest.raises(HallFull):
        undo(desk, silent, call_id)
    assert desk.state(silent) is S.DECLINED_LATE


def test_undo_of_a_yes_lets_the_waiting_in(desk, event, caller):
    never, seated, waiting = desk.guest(event), desk.guest(event), desk.guest(event)
    desk.answer(seated)
    fall_silent(desk)
    call_id = call(desk, never, CallOutcome.COMING, caller)
    with clock.stopped_at(CALLED):
        assert desk.answer(waiting).is_waiting
    undo(desk, never, call_id)
    assert (desk.state(never), desk.state(waiting)) == (S.SILENT, S.FIRM)


def test_only_the_last_call_is_undone_and_only_while_nothing_else_happened(desk, silent, caller):
    first = call(desk, silent, CallOutcome.NOT_REACHED, caller)
    second = call(desk, silent, CallOutcome.COMING, caller)
    with pytest.raises(NothingToUndo):
        undo(desk, silent, first)
    with clock.stopped_at(CALLED + HOUR):
        desk.answer(silent, Answer.NOT_COMING, details=False)
    with pytest.raises(NothingToUndo):
        undo(desk, silent, second)


def test_who_is_on_the_list_and_in_which_order(desk, build, caller):
    event = desk.event(capacity=50)
    rep = build.user()
    prospect = desk.guest(event, readiness=Readiness.PROSPECT)
    ready = desk.guest(event, readiness=Readiness.READY, rep_id=rep.id)
    lead = desk.guest(event, readiness=Readiness.READY, is_lead_signer=True)
    firm = desk.guest(event)
    for guest in (prospect, ready, lead, firm):
        desk.answer(guest)
    no_number = desk.guest(event, dealer=build.dealer(mobile=None), readiness=Readiness.READY, is_lead_signer=True)
    fresh = desk.guest(event, readiness=Readiness.READY)
    with clock.stopped_at(DUE):
        desk.run(jobs.run_reconfirm, DUE)
        desk.answer(firm, details=False)
    assert listed(desk, event) == [fresh.id, no_number.id]  # asked again, never answered at all
    with clock.stopped_at(CALLED):
        desk.run(jobs.run_silent, CALLED)
    assert listed(desk, event) == [lead.id, ready.id, fresh.id, prospect.id, no_number.id]
    assert listed(desk, event, rep.id) == [ready.id]
    call(desk, lead, CallOutcome.NOT_REACHED, caller)
    assert listed(desk, event)[-2:] == [lead.id, no_number.id]
    assert listed(desk, event, now=CALLED + timedelta(days=1))[0] == lead.id
