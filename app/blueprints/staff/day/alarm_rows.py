"""What the day has to say on the overview, at home and above the plan: emergencies, missing people, open incidents."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app.access import Permission
from app.blueprints.staff.day.board import ON_THE_DAY, Attendance, DayBoard, boards
from app.blueprints.staff.incidents import queries
from app.models import Event, Incident, Severity
from app.phones import display
from app.web.alarms import Row, source
from app.web.locale import at
from app.web.nav import door


@source("staff.day", _("On duty today"), Permission.VIEW_STAFF)
def rows_of_events(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return the lines of each event that is on: three queries."""
    live = [event for event in events if event.status in ON_THE_DAY]
    if not live:
        return {}
    incidents, found = queries.open_of(live), boards(live)
    return {event.id: rows(found[event.id], incidents.get(event.id, [])) for event in live}


def rows(board: DayBoard, incidents: Sequence[Incident]) -> list[Row]:
    """Return emergencies first, then who is missing, then what else is open."""
    event = board.event
    emergencies = [each for each in incidents if each.severity is Severity.EMERGENCY]
    lines = [_incident(event, each) for each in emergencies]
    lines += [_missing(board, each) for each in board.missing]
    others = [each for each in incidents if each.severity is not Severity.EMERGENCY]
    if len(others) == 1:
        lines.append(_incident(event, others[0]))
    elif others:
        text = ngettext("%(num)d incident is open", "%(num)d incidents are open", len(others))
        act = {"label": _("Open the log"), "url": door("staff.incidents", slug=event.slug)}
        worst = any(each.severity is Severity.SERIOUS for each in others)
        lines.append(Row(text, "alert-triangle", worst, others[0].what, act if act["url"] else None))
    return lines


def _incident(event: Event, incident: Incident) -> Row:
    is_emergency = incident.severity is Severity.EMERGENCY
    text = gettext("EMERGENCY: %(what)s", what=incident.what) if is_emergency else incident.what
    who = gettext("%(name)s sees to it", name=incident.acting.name) if incident.acting else gettext("nobody acts yet")
    detail = " · ".join(part for part in (incident.place, at(incident.reported_at, event.time_zone), who) if part)
    url = door("staff.incident", slug=event.slug, incident_id=incident.id)
    icon = "urgent" if is_emergency else "alert-triangle"
    grave = incident.severity is not Severity.MINOR
    return Row(text, icon, grave, detail, {"label": _("Open it"), "url": url} if url else None, is_emergency)


def _missing(board: DayBoard, attendance: Attendance) -> Row:
    """Who is missing, since when and where, with the number to call as the act and whoever stands in."""
    duty, person = attendance.first, attendance.person
    parts = [duty.role.name, duty.station, duty.shift.name]
    parts += [gettext("stands in: %(name)s", name=each.name) for each in board.deputies_of(attendance)]
    since = at(duty.shift.starts_at, board.event.time_zone)
    text = gettext("%(person)s has not come, on duty since %(time)s", person=person.name, time=since)
    act = {"label": display(person.mobile), "url": f"tel:{person.mobile}", "icon": "phone"} if person.mobile else None
    return Row(text, "user-x", True, " · ".join(part for part in parts if part), act)
