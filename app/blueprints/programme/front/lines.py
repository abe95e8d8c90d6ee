"""What the people in front need somebody for, as lines of their page, the overview and home."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext, ngettext

from app import clock
from app.blueprints.programme import queries
from app.blueprints.programme.front import telling
from app.blueprints.programme.front.parts import parts
from app.models import AgendaSession, Event, FrontKind, FrontPerson
from app.web.alarms import Row
from app.web.nav import door

RECEIVED = (FrontKind.HONOUR, FrontKind.OFFICIAL, FrontKind.PRESS)  # somebody of ours looks after them
_NEAR = timedelta(days=14)  # from then on whoever is received has to know by whom


def of(event: Event, people: Sequence[FrontPerson], sessions: Sequence[AgendaSession]) -> list[Row]:
    """Return who has declined, speakers first, and who is received by nobody; nothing once the event is over."""
    if event.ends_at <= clock.now():
        return []
    speaking = {each.speaker_id: each for each in reversed(sessions) if each.speaker_id is not None}
    away = [each for each in people if queries.stays_away(each)]
    found = [_speaker(event, each, speaking[each.id]) for each in away if each.id in speaking]
    if others := [each for each in away if each.id not in speaking]:
        text = ngettext("%(num)d person in front has declined", "%(num)d people in front have declined", len(others))
        found.append(Row(text, "user-x", False, _names(others), _to(event)))
    alone = [each for each in people if each.kind in RECEIVED and each.host_id is None and each not in away]
    if alone and event.starts_at - clock.now() < _NEAR:
        text = ngettext(
            "%(num)d guest in front is looked after by nobody",
            "%(num)d guests in front are looked after by nobody",
            len(alone),
        )
        found.append(Row(text, "user-question", False, _names(alone), _to(event)))
    if line := _untold(event, people, sessions):
        found.append(line)
    return found


def _untold(event: Event, people: Sequence[FrontPerson], sessions: Sequence[AgendaSession]) -> Row | None:
    """Return the line about those who do not know their part, with the button that tells them."""
    waiting = [each.person for each in parts(people, sessions) if each.knows.wants_telling]
    if not waiting or not telling.are_sent(event) or event.starts_at - clock.now() >= _NEAR:
        return None
    text = ngettext(
        "%(num)d person in front does not know their part",
        "%(num)d people in front do not know their part",
        len(waiting),
    )
    url = door("programme.front_tell", slug=event.slug)
    act = {"label": gettext("Tell them"), "url": url, "post": True, "icon": "send"} if url else None
    return Row(text, "speakerphone", False, _names(waiting), act)


def _speaker(event: Event, person: FrontPerson, session: AgendaSession) -> Row:
    text = gettext("%(name)s speaks in “%(session)s” and has declined", name=person.name, session=session.title)
    url = door("programme.session_edit", slug=event.slug, session_id=session.id)
    act = {"label": gettext("Choose another speaker"), "url": url} if url else None
    return Row(text, "user-x", True, "", act)


def _names(people: Sequence[FrontPerson]) -> str:
    return gettext(", ").join(each.name for each in people)


def _to(event: Event) -> dict[str, str] | None:
    url = door("programme.front", slug=event.slug)
    return {"label": gettext("See the people"), "url": url} if url else None
