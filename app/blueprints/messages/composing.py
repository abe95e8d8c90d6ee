"""A message as it will be read: a wording filled in, and for mail the page around it. In no session yet."""

from collections.abc import Sequence

from app import links, mail_page
from app.blueprints.messages import variables
from app.blueprints.messages.rules import fill
from app.blueprints.messages.wording import KINDS, Kind, Wording
from app.models import Channel, Event, Invitation, Message, User
from app.texts import gettext

_SUBJECT = 200  # characters that the outbox keeps


def to_guest(
    event: Event,
    kind: Kind,
    guest: Invitation,
    way: tuple[Channel, str],
    locale: str,
    words: Wording,
    values: dict[str, str],
) -> Message:
    """Return the message to a guest; `way` is the channel and the address."""
    channel, address = way
    text, subject, html = fill(words.body, values), "", ""
    if channel is Channel.MAIL:
        subject = _line(words.subject, values)
        html = _page(event, kind, locale, subject, text, links.unsubscribe_page(guest.id, channel))
    return Message(
        template=kind.key,
        channel=channel,
        address=address,
        locale=locale,
        subject=subject,
        text=text,
        html=html,
        event_id=event.id,
        invitation_id=guest.id,
    )


def to_rep(event: Event, rep: User, guests: Sequence[Invitation], locale: str, words: Wording, link: str) -> Message:
    """Return the mail that tells a rep whom to call."""
    kind = KINDS["silent_for_rep"]
    values = variables.of_event(event, locale) | variables.of_rep(rep, list(guests), link)
    subject, text = _line(words.subject, values), fill(words.body, values)
    return Message(
        template=kind.key,
        channel=Channel.MAIL,
        address=rep.login,
        locale=locale,
        subject=subject,
        text=text,
        html=_page(event, kind, locale, subject, text, ""),
        event_id=event.id,
        user_id=rep.id,
    )


def to_person(
    event: Event | None, kind: Kind, way: tuple[Channel, str], locale: str, words: Wording, values: dict[str, str]
) -> Message:
    """Return the message to somebody who works at the event or signed there; `way` is the channel and the address."""
    channel, address = way
    text, subject, html = fill(words.body, values), _line(words.subject, values), ""
    if channel is Channel.MAIL:
        html = _page(event, kind, locale, subject, text, "")
    return Message(
        template=kind.key,
        channel=channel,
        address=address,
        locale=locale,
        subject=subject,
        text=text,
        html=html,
        event_id=event.id if event else None,
    )


def to_robot(event: Event, number: int, locale: str, words: Wording, values: dict[str, str]) -> Message:
    """Return the note to a group robot; its wording is that of the SMS, which names no guest."""
    return Message(
        template="silent_for_rep",
        channel=Channel.ROBOT,
        address=str(number),
        locale=locale,
        subject=event.name[:_SUBJECT],
        text=fill(words.body, values),
        event_id=event.id,
    )


def _line(words: str, values: dict[str, str]) -> str:
    """A subject is one line, whatever a value brings along."""
    return " ".join(fill(words, values).split())[:_SUBJECT]


def _page(event: Event | None, kind: Kind, locale: str, subject: str, text: str, unsubscribe_url: str) -> str:
    sender = (event.organizer if event else "") or links.company_name()
    is_invitation = event is not None and kind.key == "invitation"
    letter = mail_page.Letter(
        locale=locale,
        title=event.name if event and is_invitation else subject,
        kicker=sender if is_invitation else "",
        sender=sender,
        button=gettext(locale, kind.button),
        unsubscribe_url=unsubscribe_url,
    )
    return mail_page.page(letter, text)
