"""Sending what lies in the outbox: claimed with a lease, tried with a written attempt, told what came of it.

The order is what makes it safe. (1) A batch is claimed and committed. (2) For each message it is asked once more
whether it is still wanted. (3) The attempt is written and committed. (4) Only then the line is opened, outside any
transaction. (5) The result is committed. A worker that dies before (3) leaves a claim that runs out, and the message
waits again. One that dies after (3) leaves a begun attempt: the message may have arrived, so it becomes UNCERTAIN and
is never repeated by itself.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event as Flag
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, exists, func, select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app import clock
from app.channels import Line, Parcel, Result
from app.extensions import db, reading_only
from app.models import Attempt, AttemptOutcome, Channel, Message, MessageState

_LOG = logging.getLogger("signing_day.outbox")

BATCH = 20
LEASE = timedelta(minutes=5)  # well above what one letter may take; renewed with every letter
# Before the second, third, ... try: about a day in all.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
_LINE_PAUSES = (5.0, 15.0, 60.0, 180.0)  # seconds a line rests after failing once, twice, ...


@dataclass(frozen=True)
class Decision:
    """What to do with a message whose turn has come: send it, drop it for a reason, or wait until later."""

    cancel: str = ""
    later: datetime | None = None


Decide = Callable[[Message, datetime], Decision]
Pack = Callable[[Message], Parcel]


def next_try(tries: int, now: datetime, chance: Callable[[], float] = random.random) -> datetime | None:
    """Return when a message that has failed `tries` times is tried again; None when it is given up.

    The pause is spread by a fifth either way, so that many messages do not come back at one moment.
    """
    if tries > len(PAUSES):
        return None
    return now + PAUSES[tries - 1] * (0.8 + 0.4 * chance())


def release_expired(now: datetime) -> int:
    """Take back messages whose worker is gone, commit, and return how many there were."""
    due = Message.state == MessageState.SENDING, Message.lease_until < now
    with reading_only():
        some = db.session.scalar(select(exists().where(*due)))
        db.session.rollback()
    if not some:
        return 0
    messages = list(db.session.scalars(select(Message).where(*due).with_for_update(skip_locked=True)))
    for message in messages:
        begun = db.session.scalar(
            select(Attempt).where(Attempt.message_id == message.id, Attempt.outcome == AttemptOutcome.STARTED)
        )
        if begun is None:
            message.state, message.claimed_by = MessageState.WAITING, ""
        else:
            begun.outcome, begun.finished_at = AttemptOutcome.UNCERTAIN, now
            message.state, message.reason_code = MessageState.UNCERTAIN, "worker_lost"
        message.lease_until = None
    db.session.commit()
    _LOG.info("leases expired", extra={"facts": {"messages": len(messages)}})
    return len(messages)


class Sender:
    """Sends what is due, a batch at a time. One thread uses it; several in one or many processes get along."""

    def __init__(
        self,
        name: str,
        lines: Mapping[Channel, Line],
        *,
        decide: Decide,
        pack: Pack,
        stop: Flag | None = None,
        batch: int = BATCH,
        lease: timedelta = LEASE,
    ) -> None:
        self._name, self._lines, self._decide, self._pack = name, lines, decide, pack
        self._stop = stop or Flag()
        self._batch, self._lease = batch, lease
        self._failures = dict.fromkeys(Channel, 0)
        self._rests_until = dict.fromkeys(Channel, 0.0)

    def run(self) -> int:
        """Send until nothing is due or we are told to stop; return how many messages were dealt with."""
        done = 0
        release_expired(clock.now())
        while not self._stop.is_set():
            claimed = self._claim(clock.now())
            if not claimed:
                break
            try:
                done += self._deal_with(claimed)
            finally:
                for line in self._lines.values():
                    line.close()
        return done

    def _open_channels(self) -> list[Channel]:
        now = time.monotonic()
        return [channel for channel in self._lines if self._rests_until[channel] <= now]

    def _claim(self, now: datetime) -> list[int]:
        """Claim the next batch and commit. Nobody waits for a lock when there is nothing to do."""
        due = select(Message.id).where(
            Message.state == MessageState.WAITING, Message.due_at <= now, Message.channel.in_(self._open_channels())
        )
        with reading_only():
            some = db.session.scalar(due.limit(1))
            db.session.rollback()
        if some is None:
            return []
        chosen = due.order_by(Message.due_at, Message.id).limit(self._batch).with_for_update(skip_locked=True)
        ids = list(db.session.scalars(chosen))
        db.session.execute(
            update(Message)
            .where(Message.id.in_(ids))
            .values(state=MessageState.SENDING, claimed_by=self._name, lease_until=now + self._lease)
        )
        db.session.commit()
        return ids

    def _deal_with(self, ids: list[int]) -> int:
        for done, message_id in enumerate(ids):
            if self._stop.is_set() or not self._one(message_id):
                self._hand_back(ids[done:])
                return done
        return len(ids)

    def _one(self, message_id: int) -> bool:
        """Deal with one claimed message. False when its line is down, so that the rest had better wait."""
        with reading_only():
            try:
                prepared = self._prepare(message_id)
            finally:
                db.session.rollback()
        if prepared is None:
            return True
        if isinstance(prepared, dict):
            self._settle(message_id, **prepared)
            return True
        parcel, trouble = prepared
        attempt_id = self._begin(message_id)
        if attempt_id is None:
            return True  # taken back from us, or cancelled in this very moment
        result = Result(AttemptOutcome.FAILED, trouble) if trouble else self._send(parcel)
        self._finish(message_id, attempt_id, result)
        return self._note_line(parcel.channel, result)

    def _send(self, parcel: Parcel) -> Result:
        try:
            return self._lines[parcel.channel].send(parcel)
        except Exception as error:  # noqa: BLE001 - a line promises not to raise; if it does, who knows how far it came
            _LOG.exception("line raised", extra={"facts": {"message_id": parcel.message_id}})
            return Result(AttemptOutcome.UNCERTAIN, type(error).__name__)

    def _prepare(self, message_id: int) -> dict[str, Any] | tuple[Parcel, str] | None:
        """Read all that sending needs. Settings for the row when it is not to be sent now; None when it is not ours."""
        message = db.session.get(Message, message_id)
        if message is None or not self._is_ours(message):
            return None
        channel, key = message.channel, message.key
        try:
            decision = self._decide(message, clock.now())
            if decision.cancel:
                return {"state": MessageState.CANCELLED, "reason_code": decision.cancel}
            if decision.later is not None:
                return {"state": MessageState.WAITING, "due_at": decision.later}
            if not self._lines[channel].is_set:
                return {"state": MessageState.KEPT, "reason_code": "no_server"}
            return self._pack(message), ""
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001 - a letter that cannot be printed must not stop the others; tried again later
            _LOG.exception("preparing failed", extra={"facts": {"message_id": message_id}})
            return Parcel(message_id, key, channel, "", "", ""), "could not be prepared"

    def _is_ours(self, message: Message) -> bool:
        return message.state is MessageState.SENDING and message.claimed_by == self._name

    def _settle(self, message_id: int, **values: Any) -> None:
        self._write(self._ours(message_id).values(claimed_by="", lease_until=None, **values))

    def _hand_back(self, ids: list[int]) -> None:
        """Give back what was claimed and not begun."""
        self._write(
            update(Message)
            .where(
                Message.id.in_(ids),
                Message.state == MessageState.SENDING,
                Message.claimed_by == self._name,
                ~exists().where(Attempt.message_id == Message.id, Attempt.outcome == AttemptOutcome.STARTED),
            )
            .values(state=MessageState.WAITING, claimed_by="", lease_until=None)
        )

    def _ours(self, message_id: int) -> Any:
        return update(Message).where(
            Message.id == message_id, Message.state == MessageState.SENDING, Message.claimed_by == self._name
        )

    def _begin(self, message_id: int) -> int | None:
        """Write the attempt and renew our leases; None when the message is no longer ours."""
        now = clock.now()
        mine = update(Message).where(Message.claimed_by == self._name, Message.state == MessageState.SENDING)
        begun = _changed(self._ours(message_id).values(tries=Message.tries + 1))
        if not begun:
            db.session.rollback()
            return None
        db.session.execute(mine.values(lease_until=now + self._lease))
        last = db.session.scalar(select(func.max(Attempt.number)).where(Attempt.message_id == message_id))
        attempt = Attempt(message_id=message_id, number=(last or 0) + 1, started_at=now)
        db.session.add(attempt)
        db.session.flush()
        attempt_id = attempt.id
        db.session.commit()
        return attempt_id

    def _finish(self, message_id: int, attempt_id: int, result: Result) -> None:
        """Write what came of it. Also when our lease ran out meanwhile: we know better than whoever took it back."""
        for again in (1.0, 3.0, None):
            try:
                self._write_result(message_id, attempt_id, result)
                return
            except OperationalError:
                db.session.rollback()
                if again is None:
                    raise  # the attempt stays begun, and the message becomes uncertain, as it is
                time.sleep(again)

    def _write_result(self, message_id: int, attempt_id: int, result: Result) -> None:
        now = clock.now()
        db.session.execute(
            update(Attempt)
            .where(Attempt.id == attempt_id)
            .values(outcome=result.outcome, finished_at=now, detail=result.detail[:300])
        )
        message = db.session.scalar(select(Message).where(Message.id == message_id).with_for_update())
        if message is not None and message.claimed_by == self._name:
            _apply(message, result, now)
        db.session.commit()
        facts = {"message_id": message_id, "outcome": result.outcome.value}
        _LOG.info("message tried", extra={"facts": facts})

    def _note_line(self, channel: Channel, result: Result) -> bool:
        if not result.line_is_down:
            self._failures[channel] = 0
            return True
        rest = _LINE_PAUSES[min(self._failures[channel], len(_LINE_PAUSES) - 1)]
        self._failures[channel] += 1
        self._rests_until[channel] = time.monotonic() + rest
        _LOG.warning("line is down", extra={"facts": {"channel": channel.value, "rests_seconds": rest}})
        return False

    def _write(self, statement: Executable) -> None:
        db.session.execute(statement)
        db.session.commit()


def _apply(message: Message, result: Result, now: datetime) -> None:
    message.claimed_by, message.lease_until, message.reason_code = "", None, ""
    match result.outcome:
        case AttemptOutcome.SENT:
            message.state, message.sent_at = MessageState.SENT, now
        case AttemptOutcome.REFUSED:
            message.state, message.reason_code = MessageState.FAILED, "refused"
        case AttemptOutcome.FAILED:
            again = next_try(message.tries, now)
            if again is None:
                message.state, message.reason_code = MessageState.FAILED, "given_up"
            else:
                message.state, message.due_at = MessageState.WAITING, again
        case _:
            message.state, message.reason_code = MessageState.UNCERTAIN, "line_lost"


def _changed(statement: Any) -> int:
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount
