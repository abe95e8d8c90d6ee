"""Messages are written here, in the transaction of the change that causes them. The worker sends them later."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.extensions import db
from app.models import Channel, Message


def post(
    *,
    key: str,
    template: str,
    channel: Channel,
    address: str,
    locale: str,
    subject: str,
    text: str,
    html: str = "",
    event_id: int | None = None,
    invitation_id: int | None = None,
    user_id: int | None = None,
    due_at: datetime | None = None,
    attach_letter: bool = False,
    attach_calendar: bool = False,
) -> Message | None:
    """Add a message to the outbox, to be sent at `due_at` or as soon as may be.

    `key` names the reason ("invite:17", "reconfirm:3:17"). A second message for the same reason is not written and
    None is returned; should two transactions try at the same moment, the unique key stops the later one.
    """
    if db.session.scalar(select(Message.id).where(Message.key == key)) is not None:
        return None
    now = clock.now()
    message = Message(
        key=key,
        template=template,
        channel=channel,
        address=address,
        locale=locale,
        subject=subject,
        text=text,
        html=html,
        event_id=event_id,
        invitation_id=invitation_id,
        user_id=user_id,
        attach_letter=attach_letter,
        attach_calendar=attach_calendar,
        created_at=now,
        due_at=due_at or now,
    )
    db.session.add(message)
    return message


def post_all(messages: Sequence[Message]) -> list[Message]:
    """Add many messages and return those that were not there yet, flushed.

    As `post`, with few statements; the caller has set everything but `created_at`.
    """
    now, unwritten = clock.now(), {message.key: message for message in reversed(messages)}
    keys = list(unwritten)
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        for key in db.session.scalars(select(Message.key).where(Message.key.in_(some))):
            del unwritten[key]
    posted = [message for message in messages if unwritten.get(message.key) is message]
    for message in posted:
        message.created_at = now
    db.session.add_all(posted)
    db.session.flush()
    return posted
