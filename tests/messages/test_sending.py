"""Sending: what each answer of the other side means, and that nothing is lost, doubled or silently repeated."""

from datetime import timedelta
from threading import Barrier, Thread
from threading import Event as Flag

import pytest
from sqlalchemy import select, update

from app import clock
from app.channels import Result
from app.extensions import db
from app.models import AttemptOutcome, Channel, Message, MessageState
from app.sending import PAUSES, Decision, next_try, release_expired
from tests.messages.smtp import Mode


def test_a_message_is_sent_once_and_kept_on_record(post):
    (message_id,) = post.write()
    assert post.send() == 1
    assert post.send() == 0
    message = post.message(message_id)
    assert (message.state, message.tries, message.claimed_by) == (MessageState.SENT, 1, "")
    assert message.sent_at is not None
    (attempt,) = post.attempts(message_id)
    assert attempt.outcome is AttemptOutcome.SENT
    assert [mail["To"] for mail in post.server.received] == ["test-0@example.com"]


def test_a_batch_goes_over_one_connection(post):
    post.write(12)
    assert post.send() == 12
    assert post.server.connections == 1
    assert len(set(post.server.message_ids)) == 12


def test_the_message_id_follows_from_the_key(post):
    (message_id,) = post.write()
    post.send()
    with post.app.app_context():
        db.session.execute(update(Message).values(state=MessageState.WAITING))
        db.session.commit()
    post.send()
    assert len(post.server.message_ids) == 2
    assert len(set(post.server.message_ids)) == 1
    assert len(post.attempts(message_id)) == 2


@pytest.mark.parametrize(
    ("mode", "outcome", "state"),
    [
        (Mode.BUSY, AttemptOutcome.FAILED, MessageState.WAITING),
        (Mode.UNKNOWN_RECIPIENT, AttemptOutcome.REFUSED, MessageState.FAILED),
        (Mode.BUSY_AFTER_DATA, AttemptOutcome.FAILED, MessageState.WAITING),
        (Mode.REFUSED_AFTER_DATA, AttemptOutcome.REFUSED, MessageState.FAILED),
        (Mode.DROP_BEFORE_DATA, AttemptOutcome.FAILED, MessageState.WAITING),
        (Mode.DROP_AFTER_DATA, AttemptOutcome.UNCERTAIN, MessageState.UNCERTAIN),
    ],
)
def test_what_an_answer_means(post, mode, outcome, state):
    (message_id,) = post.write()
    post.server.mode = mode
    post.send()
    assert post.message(message_id).state is state
    assert post.attempts(message_id)[-1].outcome is outcome
    post.server.mode = Mode.ACCEPT
    post.later()
    post.send()
    sent = 0 if mode in {Mode.UNKNOWN_RECIPIENT, Mode.REFUSED_AFTER_DATA} else 1
    assert len(post.server.received) == sent  # what was uncertain has arrived, and is not sent again


def test_one_bad_address_does_not_stop_the_others(post):
    ids = post.write(5)
    post.server.script = iter([Mode.ACCEPT, Mode.UNKNOWN_RECIPIENT, Mode.BUSY])
    post.send()
    assert [post.message(each).state for each in ids] == [
        MessageState.SENT,
        MessageState.FAILED,
        MessageState.WAITING,
        MessageState.SENT,
        MessageState.SENT,
    ]


def test_a_line_that_is_down_costs_one_message_a_try_and_no_other(post):
    ids = post.write(30)
    post.app.extensions["mail"].port = 1  # nobody listens there
    assert post.send() == 0
    states = post.states()
    assert states == [MessageState.WAITING] * 30
    assert sum(len(post.attempts(each)) for each in ids) == 1
    failed = post.message(ids[0])
    assert (failed.tries, failed.lease_until) == (1, None)
    assert failed.due_at > clock.now()


def test_it_gives_up_after_about_a_day(post):
    (message_id,) = post.write()
    post.server.mode = Mode.BUSY
    for _ in range(len(PAUSES) + 1):
        assert post.message(message_id).state is MessageState.WAITING
        post.send()
        post.later()
    message = post.message(message_id)
    assert (message.state, message.reason_code) == (MessageState.FAILED, "given_up")
    assert len(post.attempts(message_id)) == 8


def test_pauses_grow_and_are_spread():
    now = clock.now()

    def wait(tries, chance=0.5):
        moment = next_try(tries, now, chance=lambda: chance)
        assert moment is not None
        return moment - now

    waits = [wait(tries) for tries in range(1, 8)]
    assert waits == sorted(waits)
    assert timedelta(hours=18) < sum(waits, timedelta()) < timedelta(hours=30)
    assert next_try(8, now) is None
    assert wait(1, 0.0) < wait(1, 1.0)


def test_without_a_server_messages_are_kept(post):
    ids = post.write(2)
    post.app.config["MAIL_SERVER"] = ""
    post.send()
    assert post.states() == [MessageState.KEPT] * 2
    assert post.attempts(ids[0]) == []


def test_a_message_not_yet_due_waits(post):
    post.write(due_at=clock.now() + timedelta(minutes=1))
    assert post.send() == 0
    assert post.states() == [MessageState.WAITING]


def test_it_is_asked_again_at_the_moment_of_sending(post):
    first, second, third = post.write(3)
    later = clock.now() + timedelta(hours=5)
    verdicts = {first: Decision(cancel="declined"), second: Decision(later=later), third: Decision()}
    post.send(decide=lambda message, _: verdicts[message.id])
    assert post.states() == [MessageState.CANCELLED, MessageState.WAITING, MessageState.SENT]
    assert post.message(first).reason_code == "declined"
    assert post.message(second).due_at == later
    assert len(post.server.received) == 1


# -- leases


def test_a_claim_of_a_dead_worker_runs_out(post):
    ids = post.write(3)
    with post.app.app_context():
        dead = post.sender("dead")
        claimed = dead._claim(clock.now())
        assert claimed == ids
        dead._begin(ids[1])  # and here it dies, with the line open perhaps
        assert post.send(name="alive") == 0
        assert release_expired(clock.now()) == 0
        assert release_expired(clock.now() + timedelta(minutes=6)) == 3
    assert post.states() == [MessageState.WAITING, MessageState.UNCERTAIN, MessageState.WAITING]
    assert post.attempts(ids[1])[0].outcome is AttemptOutcome.UNCERTAIN
    assert post.send(name="alive") == 2
    assert post.states() == [MessageState.SENT, MessageState.UNCERTAIN, MessageState.SENT]


def test_a_slow_worker_whose_lease_ran_out_still_says_what_came_of_it(post):
    (message_id,) = post.write()
    with post.app.app_context():
        slow = post.sender("slow")
        slow._claim(clock.now())
        attempt_id = slow._begin(message_id)
        release_expired(clock.now() + timedelta(minutes=6))
        assert post.message(message_id).state is MessageState.UNCERTAIN
        slow._finish(message_id, attempt_id, Result(AttemptOutcome.SENT))
    assert post.message(message_id).state is MessageState.SENT
    assert post.attempts(message_id)[0].outcome is AttemptOutcome.SENT


def test_what_was_taken_from_a_slow_worker_it_does_not_begin(post):
    (message_id,) = post.write()
    with post.app.app_context():
        slow = post.sender("slow")
        slow._claim(clock.now())
        release_expired(clock.now() + timedelta(minutes=6))
        assert slow._begin(message_id) is None
        post.send(name="quick")
        assert slow._one(message_id)
    assert len(post.server.received) == 1
    assert len(post.attempts(message_id)) == 1


def test_a_message_cancelled_while_claimed_is_not_sent(post):
    _, second = post.write(2)
    with post.app.app_context():
        sender = post.sender()
        claimed = sender._claim(clock.now())
        db.session.execute(update(Message).where(Message.id == second).values(state=MessageState.CANCELLED))
        db.session.commit()
        sender._deal_with(claimed)
    assert post.states() == [MessageState.SENT, MessageState.CANCELLED]
    assert post.attempts(second) == []


def test_stopping_ends_the_message_in_hand_and_hands_back_the_rest(post):
    post.write(5)
    stop = Flag()

    class Line:
        is_set = True

        def send(self, parcel):
            stop.set()
            return Result(AttemptOutcome.SENT)

        def close(self):
            pass

    assert post.send(lines={Channel.MAIL: Line()}, stop=stop) == 1
    assert post.states() == [MessageState.SENT] + [MessageState.WAITING] * 4
    with post.app.app_context():
        assert list(db.session.scalars(select(Message.claimed_by).distinct())) == [""]


def test_many_workers_at_once_send_everything_once(post):
    ids = post.write(120)
    begin = Barrier(4)

    def work(name):
        begin.wait()
        post.send(name=name)

    threads = [Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert post.states() == [MessageState.SENT] * 120
    assert len(post.server.message_ids) == len(set(post.server.message_ids)) == 120
    assert [len(post.attempts(each)) for each in ids[:10]] == [1] * 10


def test_a_letter_that_cannot_be_made_is_tried_again_and_stops_nobody(post, build):
    first, _ = post.write(2)

    def pack(message):
        if message.id == first:
            raise RuntimeError("no font")
        return worker_packer(message)

    worker_packer = post.sender()._pack
    with post.app.app_context():
        sender = post.sender()
        sender._pack = pack
        sender.run()
    assert post.states() == [MessageState.WAITING, MessageState.SENT]
    assert post.attempts(first)[0].outcome is AttemptOutcome.FAILED
