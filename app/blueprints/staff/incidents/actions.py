"""What is done to incidents. Nothing here commits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from babel.dates import format_time

from app import clock, journal, links
from app.blueprints.messages.actions import post_to_staff
from app.blueprints.staff import passes
from app.blueprints.staff.actions import check_changeable
from app.blueprints.staff.day.board import board
from app.blueprints.staff.incidents import queries
from app.blueprints.staff.notice import letters
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, Incident, Severity, StaffPerson
from app.texts import parsed

TWICE = timedelta(minutes=2)  # the same words of the same person within this time are a button pressed twice


class IncidentIsDone(SigningDayError):
    """Somebody else has closed the incident meanwhile."""

    code = "incident_is_done"
    sentence = N_("This incident has been closed already.")


@dataclass(frozen=True)
class Report:
    """What is reported. Without `acting` the executive commander of the hour sees to it."""

    what: str
    place: str
    severity: Severity
    by: str
    acting: StaffPerson | None = None


def report(event: Event, told: Report) -> Incident:
    """Write an incident down and tell whoever is to act. The same report a moment later is the same incident."""
    check_changeable(event)
    known = queries.same_since(event, told.what, told.place, told.by, clock.now() - TWICE)
    if known is not None:
        return known
    commanders = board(event).commanders()
    made = Incident(
        event_id=event.id,
        what=told.what,
        place=told.place,
        severity=told.severity,
        reported_at=clock.now(),
        reported_by=told.by,
        acting=told.acting or next(iter(commanders), None),
    )
    db.session.add(made)
    db.session.flush()
    journal.record("incident.reported", made, event_id=event.id, changes=_said(made))
    tell(event, made, commanders)
    return made


def tell(event: Event, incident: Incident, commanders: list[StaffPerson] | None = None) -> None:
    """Write to whoever is to act; of an emergency to the executive commander too. Each version is told once."""
    who = [incident.acting] if incident.acting is not None else []
    is_emergency = incident.severity is Severity.EMERGENCY
    if is_emergency:
        who += (board(event).commanders() if commanders is None else commanders)[:1]
    reached = {each.id: each for each in who if letters.address_of(each) is not None}
    if not reached:
        return
    keys = passes.ensure(event, reached.values())
    notices = []
    for person in reached.values():
        locale = letters.locale_of(person, event)
        at = clock.local(incident.reported_at, event.time_zone)
        values = {
            "what": incident.what,
            "place": incident.place,
            "reported_by": incident.reported_by,
            "at": format_time(at, "HH:mm", locale=parsed(locale)),
        }
        if incident.acting_id != person.id and person.user_id is not None:
            values["link"] = links.public(f"/events/{event.slug}/staff/incidents/{incident.id}")
        reason = f"{incident.id}:{incident.version}:{person.id}"
        notices.append(letters.to_person(event, person, keys[person.id].token, reason, values))
    post_to_staff(event, "emergency" if is_emergency else "incident", notices)


def edit(event: Event, incident: Incident, values: dict[str, Any]) -> None:
    """Change what stands in the log; whoever acts now is told, and everybody concerned when it became an emergency."""
    check_changeable(event)
    before = (incident.acting_id, incident.severity)
    for name, value in values.items():
        setattr(incident, name, value)
    journal.record("incident.edited", incident, event_id=event.id, changes=_changed(incident))
    db.session.flush()
    became_one = incident.severity is Severity.EMERGENCY and before[1] is not Severity.EMERGENCY
    if incident.done_at is None and (incident.acting_id != before[0] or became_one):
        tell(event, incident)


def done(event: Event, incident: Incident, outcome: str) -> None:
    """Close an incident with what came of it."""
    check_changeable(event)
    if incident.done_at is not None:
        raise IncidentIsDone
    incident.done_at, incident.outcome = clock.now(), outcome
    changes = {"what": [None, incident.what], "outcome": [None, outcome]}
    journal.record("incident.done", incident, event_id=event.id, changes=changes)
    db.session.flush()


def reopen(event: Event, incident: Incident) -> None:
    """Open an incident again; its outcome so far stays in the journal."""
    check_changeable(event)
    if incident.done_at is None:
        return
    changes = {"what": [None, incident.what], "outcome": [incident.outcome, None]}
    incident.done_at, incident.outcome = None, ""
    journal.record("incident.reopened", incident, event_id=event.id, changes=changes)
    db.session.flush()


def _said(incident: Incident) -> dict[str, Any]:
    values = {
        "what": incident.what,
        "place": incident.place,
        "severity": incident.severity.value,
        "acting": incident.acting.name if incident.acting else "",
    }
    return {name: [None, value] for name, value in values.items() if value}


def _changed(incident: Incident) -> dict[str, Any]:
    """The changes with the acting person by name: who it was stays readable when the person is gone."""
    changes = journal.changes_of(incident)
    changes.pop("acting_id", None)
    state = db.inspect(incident).attrs.acting.history
    if state.has_changes():
        before = state.deleted[0] if state.deleted else None
        after = state.added[0] if state.added else None
        changes["acting"] = [before.name if before else None, after.name if after else None]
    return changes
