"""Mails about contracts to our own people, each in their own language, in the event's words where it has its own."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from app import clock, links, outbox
from app.blueprints.messages import variables
from app.blueprints.messages.composing import to_person
from app.blueprints.messages.queries import own_wordings
from app.blueprints.messages.wording import KINDS, house_wording
from app.models import Channel, Event, EventStatus, Message, User
from app.texts import known

ZONE = ZoneInfo("Asia/Shanghai")


def post(
    people: Sequence[User], template: str, path: str, key: str, *, event: Event | None = None, **values: object
) -> list[Message]:
    """Write a message of one kind to people, once for each `key`; `path` is what its button opens.

    An event gives the words, the sender and the language of those who have chosen none.
    """
    kind = KINDS[template]
    own = own_wordings(event, template) if event else {}
    given = {name: str(value) for name, value in values.items()}
    empty = dict.fromkeys(kind.variables, "")
    written = []
    for each in people:
        if not each.is_active:
            continue
        locale = known(each.locale, known(event.language if event else None, "zh_CN"))
        words = own.get((Channel.MAIL, locale)) or house_wording(template, Channel.MAIL, locale)
        of_event = variables.of_event(event, locale) if event else {}
        filled = empty | of_event | given | {"name": each.name, "link": links.public(path)}
        message = to_person(event, kind, (Channel.MAIL, each.login), locale, words, filled)
        message.key, message.user_id, message.due_at = f"{key}:{each.id}", each.id, clock.now()
        message.event_id = _event_id(event)
        written.append(message)
    return outbox.post_all(written)


def _event_id(event: Event | None) -> int | None:
    """Mail about an event that is not open rests; questions about its contracts come before it opens."""
    return event.id if event is not None and event.status in {EventStatus.OPEN, EventStatus.RUNNING} else None
