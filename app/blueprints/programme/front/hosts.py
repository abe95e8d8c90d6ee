"""Telling hosts whom they look after. Messages wait in the outbox; nothing here commits."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from app.blueprints.messages import queries as messages
from app.blueprints.messages.actions import post_to_staff
from app.blueprints.messages.variables import moment
from app.blueprints.programme import queries
from app.blueprints.programme.front.parts import Part
from app.blueprints.staff import passes
from app.blueprints.staff.notice import letters
from app.errors import N_
from app.extensions import db
from app.models import Event, Message, MessageState, StaffPerson
from app.texts import gettext

TEMPLATE = "host_notice"
_NOBODY = N_("Nobody at present")


def tell_hosts(event: Event, parts: Sequence[Part]) -> int:
    """Write to the hosts whose guests have changed since they were last told, and return how many were written to.

    Whoever had somebody to look after and has nobody any more is told that too. A host without an address, or who
    wants no messages, sees their guests on their own page only.
    """
    guests: dict[int, list[Part]] = {}
    for each in parts:
        if each.person.host_id is not None and not queries.stays_away(each.person):
            guests.setdefault(each.person.host_id, []).append(each)
    told = _told(event)
    hosts = [db.session.get_one(StaffPerson, key) for key in sorted(guests.keys() | told.keys())]
    ways = {each.id: way.address for each in hosts if (way := letters.address_of(each))}
    refused = messages.unsubscribed(ways.values())
    waiting = []
    for host in hosts:
        digest, (times, last) = _digest(guests.get(host.id, [])), told.get(host.id, (0, ""))
        if digest != last and host.id in ways and ways[host.id] not in refused:
            waiting.append((host, f"{event.id}:{host.id}:{times}:{digest}"))
    keys = passes.ensure(event, [host for host, _ in waiting]) if waiting else {}
    written = [
        letters.to_person(event, host, keys[host.id].token, reason, _values(event, host, guests.get(host.id, [])))
        for host, reason in waiting
    ]
    return len(post_to_staff(event, TEMPLATE, written))


def _told(event: Event) -> dict[int, tuple[int, str]]:
    """Return by host how often they were written to, and the digest of what they were told last."""
    asked = select(Message.key).where(
        Message.event_id == event.id, Message.template == TEMPLATE, Message.state != MessageState.CANCELLED
    )
    found: dict[int, tuple[int, str]] = {}
    for key in db.session.scalars(asked.order_by(Message.id)):
        _, _, host, times, digest = key.split(":")
        found[int(host)] = (int(times) + 1, digest)
    return found


def _digest(guests: Sequence[Part]) -> str:
    said = [f"{each.person.id}|{each.person.name}|{each.digest}" for each in guests]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32] if said else ""


def _values(event: Event, host: StaffPerson, guests: Sequence[Part]) -> dict[str, str]:
    locale = letters.locale_of(host, event)
    return {"guests": "\n".join(_line(event, each, locale) for each in guests) or gettext(locale, _NOBODY)}


def _line(event: Event, part: Part, locale: str) -> str:
    """Return name, position and company, then when the guest is on."""
    who = part.person
    times = (moment(each.starts_at, event.time_zone, locale) for each in part.sessions)
    said = (who.name_in(locale), who.title_in(locale), who.body_in(locale), *times)
    return " · ".join(each for each in said if each)
