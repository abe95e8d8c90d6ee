"""How a zone's progress reads, and what is wrong in it, each line with the act that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_login import current_user

from app.access import Permission
from app.blueprints.materials.zones import queries
from app.blueprints.materials.zones.queries import Hall, Part
from app.blueprints.materials.zones.rules import TELL_AHEAD, Alarm, Progress, Trouble
from app.models import Event, Zone, ZoneTask
from app.rights import OVER
from app.web.alarms import Row, source
from app.web.locale import moment
from app.web.nav import door


class ProgressWord(NamedTuple):
    """How a progress reads and looks."""

    text: LazyString
    tone: str
    icon: str


PROGRESS = {
    Progress.EMPTY: ProgressWord(_("Nothing to set up yet"), "secondary", "circle-dashed"),
    Progress.OPEN: ProgressWord(_("Being set up"), "blue", "loader"),
    Progress.LATE: ProgressWord(_("Late"), "red", "alarm"),
    Progress.READY: ProgressWord(_("All stands"), "teal", "checks"),
    Progress.ACCEPTED: ProgressWord(_("Accepted by the hall lead"), "green", "circle-check"),
}
ICONS = {
    Trouble.OVERDUE: "alarm",
    Trouble.NOT_ACCEPTED: "door",
    Trouble.NO_MATERIAL: "package",
    Trouble.NO_OWNER: "user-question",
    Trouble.NOT_TOLD: "send",
}
GRAVE = frozenset({Trouble.OVERDUE, Trouble.NOT_ACCEPTED, Trouble.NO_MATERIAL})
MOST_NOBODYS = 2  # from the third on they become one line for each zone


@dataclass(frozen=True)
class May:
    """What whoever reads the lines may do about them."""

    edit: bool = False
    tick: bool = False
    accept: bool = False


def may() -> May:
    """Return what the signed-in person may do in the hall of this page's event."""
    edits, accepts = (current_user.can(each) for each in (Permission.EDIT_MATERIALS, Permission.ACCEPT_ZONES))
    return May(edit=edits, tick=edits or accepts, accept=accepts)


@source("materials.zones", _("Hall"), Permission.VIEW_MATERIALS, Permission.ACCEPT_ZONES)
def rows_of_events(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return what is late in the halls, for the overview and home; nothing of events that are over."""
    live = [event for event in events if event.status not in OVER]
    found = {}
    for event_id, hall in (queries.halls(live) if live else {}).items():
        if hall.now < hall.event.ends_at:
            found[event_id] = [each for each in rows(hall, May()) if each.is_grave]
    return found


def rows(hall: Hall, may: May) -> list[Row]:
    """Return the lines a page opens with. Of the tasks that are nobody's there is one line for each zone."""
    alarms = hall.alarms()
    found = [_of_task(each, hall, may) for each in alarms if each.trouble is Trouble.OVERDUE]
    found += [_of_zone(part, hall, may) for part in hall.unaccepted()]
    found += [_of_task(each, hall, may) for each in alarms if each.trouble is Trouble.NO_MATERIAL]
    nobodys: dict[int, list[Alarm]] = {}
    for each in alarms:
        if each.trouble is Trouble.NO_OWNER:
            nobodys.setdefault(hall.tasks[each.task_id].zone_id, []).append(each)
    for part in hall.parts:
        alike = nobodys.get(part.zone.id, [])
        if len(alike) > MOST_NOBODYS:
            found.append(_many(part.zone, len(alike), hall))
        else:
            found += [_of_task(each, hall, may) for each in alike]
    if untold := [hall.tasks[each.task_id] for each in alarms if each.trouble is Trouble.NOT_TOLD]:
        found.append(_untold(untold, hall))
    return found


def _untold(tasks: Sequence[ZoneTask], hall: Hall) -> Row:
    """One line for everybody who sees to something and does not know; grave when the day is near."""
    people = {each.owner_id: each.owner.name for each in tasks if each.owner}
    text = ngettext(
        "%(num)d person does not know yet what to see to in the hall",
        "%(num)d people do not know yet what to see to in the hall",
        len(people),
    )
    url = door("staff.notices", slug=hall.event.slug)
    act = {"label": gettext("Tell them"), "url": url} if url else None
    is_grave = hall.now > hall.doors_at - TELL_AHEAD
    return Row(text, ICONS[Trouble.NOT_TOLD], is_grave, gettext(", ").join(list(people.values())[:5]), act)


def _of_zone(part: Part, hall: Hall, may: May) -> Row:
    slug, zone = hall.event.slug, part.zone
    text = gettext("%(zone)s: not accepted yet", zone=zone.name)
    doors = moment(hall.doors_at, hall.event.time_zone)
    detail = gettext("Doors open %(moment)s", moment=doors)
    act = {"label": gettext("Look at it"), "url": url_for("materials.zones", slug=slug, _anchor=f"zone-{zone.id}")}
    if may.accept and part.progress is Progress.READY:
        url = url_for("materials.zone_accept", slug=slug, zone_id=zone.id)
        act = {"label": gettext("Accept the zone"), "url": url, "post": True}
    return _row(Trouble.NOT_ACCEPTED, text, detail, act)


def _of_task(alarm: Alarm, hall: Hall, may: May) -> Row:
    slug, task = hall.event.slug, hall.tasks[alarm.task_id]
    here = url_for("materials.zones", slug=slug, _anchor=f"task-{task.id}")
    look = {"label": gettext("Look at it"), "url": here}
    zone = task.zone.name
    if alarm.trouble is Trouble.OVERDUE:
        due = moment(alarm.due_at, hall.event.time_zone)
        text = gettext("%(task)s: was due %(moment)s", task=task.text, moment=due)
        owner = task.owner.name if task.owner else ""
        url = url_for("materials.zone_task_tick", slug=slug, task_id=task.id)
        act = {"label": gettext("Done"), "url": url, "post": True} if may.tick else look
        return _row(alarm.trouble, text, gettext(" · ").join(each for each in (zone, owner) if each), act)
    if alarm.trouble is Trouble.NO_MATERIAL:
        name = task.material.name if task.material else ""
        text = gettext("%(task)s: %(material)s has not been delivered", task=task.text, material=name)
        material_url = door("materials.show", slug=slug, material_id=task.material_id)
        act = {"label": gettext("See the material"), "url": material_url} if material_url else look
        return _row(alarm.trouble, text, zone, act)
    edit = {"label": gettext("Name somebody"), "url": url_for("materials.zone_task", slug=slug, task_id=task.id)}
    text = gettext("%(task)s: nobody is responsible", task=task.text)
    return _row(alarm.trouble, text, zone, edit if may.edit else look)


def _row(trouble: Trouble, text: str, detail: str, act: dict[str, Any]) -> Row:
    return Row(text, ICONS[trouble], trouble in GRAVE, detail, act)


def _many(zone: Zone, number: int, hall: Hall) -> Row:
    text = gettext("%(zone)s: nobody is responsible for %(num)s tasks", zone=zone.name, num=number)
    url = url_for("materials.zones", slug=hall.event.slug, _anchor=f"zone-{zone.id}")
    return _row(Trouble.NO_OWNER, text, "", {"label": gettext("See them"), "url": url})
