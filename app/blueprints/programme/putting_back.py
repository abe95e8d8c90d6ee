"""What was taken off the programme can come back for a day, with all that went along. Nothing here commits."""

from app import journal, removal
from app.blueprints.plan.actions import check_open
from app.models import AgendaSession, Event, FrontPerson, PublicityEntry, Removal, RunCue

# What it is, by table: the journal's word for putting it back, and the page that lists it.
KINDS = {
    AgendaSession.__tablename__: ("agenda.put_back", "programme.index"),
    FrontPerson.__tablename__: ("front_person.put_back", "programme.front"),
    PublicityEntry.__tablename__: ("publicity_entry.put_back", "programme.publicity"),
    RunCue.__tablename__: ("run_cue.put_back", "programme.run_sheet"),
}


def put_back(event: Event, removal_id: int) -> Removal | None:
    """Put back what was removed; None when it is not known any more. Raises CannotPutBack."""
    check_open(event)
    kept = removal.put_back(event, KINDS.keys(), removal_id)
    if kept is not None:
        journal.record(KINDS[kept.kind][0], event, event_id=event.id, changes={"name": [None, kept.name]})
    return kept
