"""Telling the people in front their part. Messages wait in the outbox; nothing here commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app import clock, journal, links, phones
from app.blueprints.messages import queries as messages
from app.blueprints.messages.actions import ToPerson, post_to_staff
from app.blueprints.messages.variables import at, moment
from app.blueprints.programme import queries
from app.blueprints.programme.agenda.actions import lock
from app.blueprints.programme.front.hosts import tell_hosts
from app.blueprints.programme.front.parts import Part, address_of, parts
from app.blueprints.staff.notice.letters import Address, locale_of
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import AgendaSession, Event, EventStatus, FrontPerson
from app.texts import gettext, known

TEMPLATE = "front_notice"
_SEAT = N_("%(place)s of %(count)s from the left, seen from the hall")


class ProgrammeRests(SigningDayError):
    """Nobody is told their part at an event that is being drafted or is over."""

    code = "programme_rests"
    sentence = N_("People in front are told their part while the event is open. Open it first.")


@dataclass(frozen=True)
class Told:
    """What came of telling: how many were written to, and who could not be."""

    written: int
    unreached: Sequence[FrontPerson]
    hosts: int  # whose guests have changed


def are_sent(event: Event) -> bool:
    """Tell whether messages go out for this event."""
    return event.status in (EventStatus.OPEN, EventStatus.RUNNING)


def tell(event: Event, ids: Collection[int] | None = None) -> Told:
    """Write to whoever does not know their part, or not as it is now; of `ids` only, where they are given.

    The same part is told once. Whoever has no address, or wants no messages, comes back by name. Hosts are told whom
    they look after.
    """
    if not are_sent(event):
        raise ProgrammeRests
    lock(event)
    everybody = parts(queries.front(event), queries.sessions(event))
    waiting = [each for each in everybody if each.knows.wants_telling and (ids is None or each.person.id in ids)]
    ways = {each.person.id: address_of(each.person) for each in waiting}
    refused = messages.unsubscribed(way.address for way in ways.values() if way)
    letters, unreached = [], []
    for each in waiting:
        way = ways[each.person.id]
        if way is None or way.address in refused:
            unreached.append(each.person)
        else:
            letters.append(_letter(event, each, way))
            _note(event, each)
    post_to_staff(event, TEMPLATE, letters)
    db.session.flush()
    return Told(len(letters), unreached, tell_hosts(event, everybody))


def tell_by_hand(event: Event, person: FrontPerson) -> None:
    """Note that somebody was told their part in person or by telephone; their host is written to all the same."""
    lock(event)
    everybody = parts(queries.front(event), queries.sessions(event))
    _note(event, next(each for each in everybody if each.person is person))
    db.session.flush()
    tell_hosts(event, everybody)


def _note(event: Event, part: Part) -> None:
    part.person.told_at, part.person.told_digest = clock.now(), part.digest
    changes = {"name": [part.person.name, part.person.name]}
    journal.record("front_person.told", part.person, event_id=event.id, changes=changes)


def _letter(event: Event, part: Part, way: Address) -> ToPerson:
    person, zone, page = part.person, event.time_zone, queries.page(event)
    since = int(person.told_at.timestamp()) if person.told_at else 0  # what is as it once was is told once more
    locale = _locale(event, person)
    host = person.host
    values = {
        "name": person.name_in(locale),
        "link": links.public(f"/p/{page.token}") if page else "",
        "sessions": "\n".join(_line(each, zone, locale) for each in part.sessions),
        "first": moment(part.sessions[0].starts_at if part.sessions else event.starts_at, zone, locale),
        "seat": gettext(locale, _SEAT, place=part.seat, count=part.seats) if part.seat else "",
        "meets": host.name if host else "",
        "meets_phone": phones.display(host.mobile or (host.user.mobile if host.user else "") or "") if host else "",
        "rehearse": "\n".join(each.title for each in part.sessions if queries.readiness_of(each).is_alarm),
    }
    return ToPerson(
        reason=f"{event.id}:{person.id}:{part.digest[:32]}:{since}",
        channel=way.channel,
        address=way.address,
        locale=locale,
        values=values,
        user_id=person.person.user_id if person.person else None,
    )


def _locale(event: Event, person: FrontPerson) -> str:
    if person.person is not None:
        return locale_of(person.person, event)
    own = person.invitation.dealer.locale if person.invitation is not None else None
    return known(own, known(event.language, "zh_CN"))


def _line(session: AgendaSession, zone: str, locale: str) -> str:
    when = f"{moment(session.starts_at, zone, locale)}–{at(session.ends_at, zone, locale)}"
    return "  ".join([when, " · ".join(part for part in (session.title_in(locale), session.room) if part)])
