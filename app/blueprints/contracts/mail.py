"""Mails about contracts to our own people, each in their own language."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from app import clock, links, mail_page, outbox
from app.models import Channel, Event, EventStatus, Message, User
from app.texts import gettext, known

ZONE = ZoneInfo("Asia/Shanghai")


def post(
    people: Sequence[User],
    template: str,
    words: tuple[str, str, str],
    path: str,
    key: str,
    *,
    event: Event | None = None,
    **values: object,
) -> list[Message]:
    """Write to people, once for each `key`: `words` are the message ids of subject, text and button.

    An event gives the sender and the language of those who have chosen none.
    """
    return outbox.post_all(
        [_message(each, template, words, path, key, event, values) for each in people if each.is_active]
    )


def _message(
    to: User,
    template: str,
    words: tuple[str, str, str],
    path: str,
    key: str,
    event: Event | None,
    values: dict[str, object],
) -> Message:
    locale = known(to.locale, known(event.language if event else None, "zh_CN"))
    places = {"name": to.name, "url": links.public(path), **values}
    subject = " ".join(gettext(locale, words[0], **places).split())[:200]
    body = gettext(locale, words[1], **places)
    sender = (event.organizer if event else "") or links.company_name()
    shell = mail_page.Letter(locale=locale, title=subject, sender=sender, button=gettext(locale, words[2]))
    return Message(
        key=f"{key}:{to.id}",
        event_id=_event_id(event),
        user_id=to.id,
        template=template,
        channel=Channel.MAIL,
        address=to.login,
        locale=locale,
        subject=subject,
        text=body,
        html=mail_page.page(shell, body),
        due_at=clock.now(),
    )


def _event_id(event: Event | None) -> int | None:
    """Mail about an event that is not open rests; questions about its contracts come before it opens."""
    return event.id if event is not None and event.status in {EventStatus.OPEN, EventStatus.RUNNING} else None
