"""Every answer goes through one action: reply, seat, companions, waiting list, message."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.invitations.rules import NotPossibleNow
from app.blueprints.rsvp.reply.actions import AnsweredElsewhere, RepliesClosed
from app.blueprints.rsvp.seats.actions import HallFull
from app.errors import EventNotOpen
from app.extensions import db
from app.models import Answer, Companion, EventStatus, Invitation, JournalEntry, Readiness, Via
from app.models import InvitationState as S
from tests.rsvp.conftest import LONG_BEFORE, START

pytestmark = pytest.mark.usefixtures("at_the_beginning")


def companions(desk, guest):
    with desk.app.app_context():
        rows = db.session.scalars(select(Companion).where(Companion.invitation_id == guest.id).order_by(Companion.id))
        return [(each.id, each.name) for each in rows]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(Answer.COMING, S.ACCEPTED), (Answer.NOT_COMING, S.DECLINED), (Answer.SUBSTITUTE, S.ACCEPTED)],
)
def test_an_answer_goes_on_record(desk, answer, expected):
    guest = desk.guest(desk.event())
    desk.answer(guest, answer)
    reply = desk.reply(guest)
    assert (reply.answer, reply.via, desk.state(guest)) == (answer, Via.LINK, expected)
    assert [message.invitation_id for message in desk.messages("reply_received")] == [guest.id]
    with desk.app.app_context():
        actions = set(db.session.scalars(select(JournalEntry.action).where(JournalEntry.subject_id == guest.id)))
        assert "invitation.answered" in actions
        assert db.session.get_one(Invitation, guest.id).opened_at == LONG_BEFORE


def test_a_changed_mind_is_told_and_a_changed_detail_is_not(desk):
    guest = desk.guest(desk.event())
    desk.answer(guest)
    desk.answer(guest, companions=("李四",))
    assert len(desk.messages("reply_received")) == 1
    with clock.stopped_at(LONG_BEFORE + timedelta(hours=1)):
        desk.answer(guest, Answer.NOT_COMING)
    assert len(desk.messages("reply_received")) == 2


def test_companions_who_stay_keep_their_row(desk):
    guest = desk.guest(desk.event())
    desk.answer(guest, companions=("李四", "王五"))
    first = companions(desk, guest)
    desk.answer(guest, companions=("赵六", "李四"))
    second = companions(desk, guest)
    assert [name for _, name in second] == ["李四", "赵六"]
    assert second[0] == first[0]


def test_two_open_pages_do_not_overwrite_each_other(desk):
    guest = desk.guest(desk.event())
    desk.answer(guest, seen=0)
    with pytest.raises(AnsweredElsewhere):
        desk.answer(guest, Answer.NOT_COMING, seen=0)
    assert desk.state(guest) is S.ACCEPTED
    desk.answer(guest, Answer.NOT_COMING, seen=desk.reply(guest).version)
    assert desk.state(guest) is S.DECLINED


def test_a_full_hall_makes_guests_wait_and_a_decline_lets_the_first_in(desk):
    event = desk.event(capacity=2)
    first, second, third, fourth = (desk.guest(event, readiness=Readiness.LEANING) for _ in range(4))
    desk.answer(first, companions=("李四",))
    for minutes, guest in enumerate((second, third), 1):
        assert desk.answer(guest, at=LONG_BEFORE + timedelta(minutes=minutes)).is_waiting
    assert desk.states(event) == [S.ACCEPTED, S.WAITING, S.WAITING, S.INVITED]
    outcome = desk.answer(first, Answer.NOT_COMING)
    assert outcome.moved_up == [second.id, third.id]
    assert desk.states(event) == [S.DECLINED, S.ACCEPTED, S.ACCEPTED, S.INVITED]
    assert {message.invitation_id for message in desk.messages("waiting_list_moved_up")} == {second.id, third.id}
    assert desk.answer(fourth).is_waiting


def test_readiness_goes_before_time(desk):
    event = desk.event(capacity=1)
    seated = desk.guest(event)
    early = desk.guest(event, readiness=Readiness.PROSPECT)
    late = desk.guest(event, readiness=Readiness.READY)
    desk.answer(seated)
    desk.answer(early, at=LONG_BEFORE + timedelta(minutes=1))
    desk.answer(late, at=LONG_BEFORE + timedelta(minutes=2))
    desk.answer(seated, Answer.NOT_COMING)
    assert (desk.state(early), desk.state(late)) == (S.WAITING, S.ACCEPTED)


def test_one_who_has_a_seat_keeps_it_when_there_is_none_for_a_companion(desk):
    event = desk.event(capacity=1)
    guest = desk.guest(event)
    desk.answer(guest)
    with pytest.raises(HallFull):
        desk.answer(guest, companions=("李四",))
    assert (desk.state(guest), companions(desk, guest)) == (S.ACCEPTED, [])


def test_fewer_companions_free_seats(desk):
    event = desk.event(capacity=2)
    guest, waiting = desk.guest(event), desk.guest(event)
    desk.answer(guest, companions=("李四",))
    desk.answer(waiting)
    desk.answer(guest, companions=())
    assert desk.state(waiting) is S.ACCEPTED


def test_a_smaller_hall_takes_nobody_s_seat(desk):
    event = desk.event(capacity=2)
    guest = desk.guest(event)
    desk.answer(guest, companions=("李四",))
    desk.set_event(event, capacity=1)
    desk.answer(guest, companions=("王五",))
    assert desk.state(guest) is S.ACCEPTED


def test_a_larger_hall_is_filled_before_a_new_yes(desk):
    event = desk.event(capacity=1)
    seated, waiting, newcomer = (desk.guest(event) for _ in range(3))
    desk.answer(seated)
    desk.answer(waiting)
    desk.set_event(event, capacity=2)
    assert desk.answer(newcomer).is_waiting
    assert desk.state(waiting) is S.ACCEPTED


def test_closed_replies_are_read_only_by_link_but_not_by_phone(desk):
    event = desk.event(replies_close_at=LONG_BEFORE - timedelta(minutes=1))
    guest = desk.guest(event)
    with pytest.raises(RepliesClosed):
        desk.answer(guest)
    desk.answer(guest, via=Via.PHONE)
    assert (desk.state(guest), desk.reply(guest).via) == (S.ACCEPTED, Via.PHONE)


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_nothing_is_answered_while_the_event_is_not_open(desk, status):
    guest = desk.guest(desk.event(status=status))
    with pytest.raises(RepliesClosed):
        desk.answer(guest)
    with pytest.raises(EventNotOpen):
        desk.answer(guest, via=Via.PHONE)


def test_who_has_arrived_cannot_decline(desk):
    guest = desk.guest(desk.event(), state=S.ARRIVED)
    with pytest.raises(RepliesClosed):
        desk.answer(guest, Answer.NOT_COMING)
    with pytest.raises(NotPossibleNow):
        desk.answer(guest, Answer.NOT_COMING, via=Via.PHONE)


def test_no_seat_is_given_once_the_event_has_begun(desk):
    event = desk.event(capacity=1)
    seated, waiting = desk.guest(event), desk.guest(event)
    desk.answer(seated)
    desk.answer(waiting)
    with clock.stopped_at(START):
        desk.answer(seated, Answer.NOT_COMING, via=Via.PHONE)
    assert desk.state(waiting) is S.WAITING
