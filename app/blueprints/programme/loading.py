"""Loading what an address of the programme names, always through its event."""

from app.access import Permission
from app.blueprints.programme import queries
from app.models import AgendaSession, Event, EventStatus, FrontPerson, PublicityEntry, RunCue
from app.web.identity import me
from app.web.load import found

P = Permission


def the_session(event: Event, session_id: int) -> AgendaSession:
    return found(queries.session(event, session_id))


def the_cue(event: Event, cue_id: int) -> RunCue:
    return found(queries.cue(event, cue_id))


def the_person(event: Event, person_id: int) -> FrontPerson:
    return found(queries.front_person(event, person_id))


def the_entry(event: Event, entry_id: int) -> PublicityEntry:
    return found(queries.publicity_entry(event, entry_id))


def may_edit(event: Event) -> bool:
    return me().can(P.EDIT_PROGRAMME) and event.status is not EventStatus.ARCHIVED
