"""Deciding about messages that lie in the outbox. The worker may be at the same row at the same moment."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, case, func, select, update

from app import clock, journal, wake
from app.blueprints.messages.actions import post_to_guests
from app.blueprints.messages.outbox import queries
from app.blueprints.messages.queries import unsubscribed
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Channel, Dealer, Event, Invitation, InvitationState, Message, MessageState

_S = MessageState
CANCELLABLE = frozenset({_S.WAITING, _S.KEPT, _S.FAILED})
RELEASABLE = frozenset({_S.KEPT, _S.FAILED, _S.CANCELLED})  # those that certainly did not arrive
REPEATABLE = frozenset({_S.SENT, _S.UNCERTAIN})  # those that did, or may have


class OnItsWay(SigningDayError):
    """The message's state does not allow it, or no longer: the worker was quicker."""

    code = "message_on_its_way"
    sentence = N_("This message is no longer where it was. Please look at it again.")


class Unsubscribed(SigningDayError):
    """The guest wants no more messages at this address."""

    code = "unsubscribed"
    sentence = N_("This guest wants no more messages at this address.")


class GuestDeclined(SigningDayError):
    """The guest has declined, and is left alone."""

    code = "guest_declined"
    sentence = N_("%(contact)s has declined and is not written to again.")


class NotForCopying(SigningDayError):
    """A message about an account holds a link that works once; a new one is made where accounts are."""

    code = "not_for_copying"
    sentence = N_("Messages about accounts are not sent again. Make a new link on the page of the account.")


def cancel(message: Message) -> None:
    """Take a message back that has not left; raises OnItsWay when it has."""
    before = message.state
    _move(message, CANCELLABLE, state=_S.CANCELLED, reason_code="by_person", claimed_by="", lease_until=None)
    _record("message.cancelled", message, before)


def release(message: Message) -> None:
    """Let a message go that certainly did not arrive: kept, failed or cancelled. It is still the same message."""
    _check_guest(message)
    before = message.state
    values = {"address": _address(message), "due_at": max(message.due_at, clock.now()), "tries": 0, "reason_code": ""}
    _move(message, RELEASABLE, state=_S.WAITING, **values)
    _record("message.released", message, before)
    wake.note()


def release_all(event: Event, state: MessageState) -> int:
    """Let all kept or all failed messages of an event go, and return how many they are.

    Whether each is still wanted is asked when its turn comes, so that thousands need one statement here.
    """
    if state not in {_S.KEPT, _S.FAILED}:
        raise OnItsWay
    address = case((Message.channel == Channel.MAIL, Dealer.mail), else_=Dealer.mobile)
    known = select(address).join(Invitation.dealer).where(Invitation.id == Message.invitation_id).scalar_subquery()
    statement = (
        update(Message)
        .where(Message.event_id == event.id, Message.state == state)
        .values(
            state=_S.WAITING,
            address=func.coalesce(known, Message.address),
            due_at=clock.now(),
            tries=0,
            reason_code="",
        )
        .execution_options(synchronize_session=False)
    )
    count = cast("CursorResult[Any]", db.session.execute(statement)).rowcount
    if count:
        journal.record("message.all_released", event, event_id=event.id, changes={"messages": [state.value, count]})
        wake.note()
    return count


def send_again(message: Message) -> Message:
    """Send a message once more, as a new one with a key of its own, to the guest's address as it is now."""
    if message.state not in REPEATABLE:
        raise OnItsWay
    if message.event_id is None:
        raise NotForCopying
    _check_guest(message)
    first = message.copy_of_id or message.id
    copies = db.session.scalar(select(func.count()).where(Message.copy_of_id == first)) or 0
    copy = Message(
        key=f"again:{first}:{copies + 1}",
        copy_of_id=first,
        address=_address(message),
        created_at=clock.now(),
        due_at=clock.now(),
        **{name: getattr(message, name) for name in _COPIED},
    )
    db.session.add(copy)
    journal.record("message.sent_again", copy, changes={})
    return copy


_COPIED = (
    *("event_id", "invitation_id", "user_id", "template", "channel", "locale", "subject", "text", "html"),
    *("attach_letter", "attach_calendar"),
)


def settle(message: Message, *, arrived: bool) -> None:
    """Put on record what a person found out about an uncertain message. One that did not arrive is sent again."""
    values: dict[str, Any] = {"state": _S.SENT, "sent_at": clock.now(), "reason_code": "said_by_person"}
    if not arrived:
        _check_guest(message)
        values = {"state": _S.WAITING, "due_at": clock.now(), "reason_code": ""}
    _move(message, {_S.UNCERTAIN}, claimed_by="", lease_until=None, **values)
    _record("message.settled", message, _S.UNCERTAIN)
    wake.note()


def tell_moved(event: Event) -> list[Message]:
    """Tell the new time and place to everybody who was invited before it changed; nobody is told twice."""
    move = queries.last_move(event)
    if move is None:
        return []
    guests = list(db.session.scalars(queries.not_told(event, move)))
    return post_to_guests(guests, "event_moved", reason=lambda guest: f"{move.id}:{guest.id}", attach_calendar=True)


def remind(event: Event) -> list[Message]:
    """Remind everybody who has not answered and was not asked in the last two days."""
    if event.replies_close <= clock.now():
        return []
    guests = list(db.session.scalars(queries.unanswered(event, clock.now())))
    today = clock.today(event.time_zone)
    return post_to_guests(guests, "reminder", reason=lambda guest: f"{guest.id}:{today:%Y%m%d}")


def resend(message: Message) -> None:
    """Let a message go: as it is when it certainly did not arrive, else as a new one."""
    if message.state in RELEASABLE:
        release(message)
    else:
        send_again(message)


def each(messages: Sequence[Message], act: Callable[[Message], Any]) -> int:
    """Do it to as many as it can be done to, and return how many those were."""
    done = 0
    for message in messages:
        try:
            act(message)
        except SigningDayError:
            continue
        done += 1
    return done


def _move(message: Message, allowed: frozenset[MessageState] | set[MessageState], **values: Any) -> None:
    """Change the row if it still stands where we saw it: one statement, since the worker changes it too."""
    statement = update(Message).where(Message.id == message.id, Message.state.in_(allowed)).values(**values)
    if not cast("CursorResult[Any]", db.session.execute(statement)).rowcount:
        raise OnItsWay
    db.session.refresh(message)


def _record(action: str, message: Message, before: MessageState) -> None:
    journal.record(action, message, changes={"state": [before.value, message.state.value]})


def _check_guest(message: Message) -> None:
    guest = message.invitation
    if guest is None:
        return
    declined = {InvitationState.DECLINED, InvitationState.DECLINED_LATE}
    if guest.state in declined and message.template != "reply_received":
        raise GuestDeclined(contact=guest.dealer.contact)
    if unsubscribed([_address(message)]):
        raise Unsubscribed


def _address(message: Message) -> str:
    """Where the guest is reached now; a mistyped address may have been put right since."""
    dealer = message.invitation.dealer if message.invitation else None
    if dealer is None:
        return message.address
    return (dealer.mail if message.channel is Channel.MAIL else dealer.mobile) or message.address
