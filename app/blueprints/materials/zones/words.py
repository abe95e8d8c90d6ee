"""How a zone's progress reads, and what is wrong in it, each line with the act that mends it."""

from typing import Any, NamedTuple

from flask import url_for
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from app.blueprints.materials.zones.queries import Hall
from app.blueprints.materials.zones.rules import Alarm, Progress, Trouble
from app.models import Zone, ZoneTask
from app.web.locale import moment


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
ICONS = {Trouble.OVERDUE: "alarm", Trouble.NO_MATERIAL: "package", Trouble.NO_OWNER: "user-question"}
MOST_NOBODYS = 2  # from the third on they become one line for each zone


def rows(hall: Hall, *, may_edit: bool) -> list[dict[str, Any]]:
    """Return the lines a page opens with. Of the tasks that are nobody's there is one line for each zone."""
    tasks = hall.tasks
    alarms = hall.alarms()
    found = [_row(each, tasks[each.task_id], hall, may_edit) for each in alarms if each.trouble is not Trouble.NO_OWNER]
    nobodys: dict[int, list[Alarm]] = {}
    for each in alarms:
        if each.trouble is Trouble.NO_OWNER:
            nobodys.setdefault(tasks[each.task_id].zone_id, []).append(each)
    for part in hall.parts:
        alike = nobodys.get(part.zone.id, [])
        if len(alike) > MOST_NOBODYS:
            found.append(_many(part.zone, len(alike), hall))
        else:
            found += [_row(each, tasks[each.task_id], hall, may_edit) for each in alike]
    return found


def _row(alarm: Alarm, task: ZoneTask, hall: Hall, may_edit: bool) -> dict[str, Any]:
    slug, zone = hall.event.slug, task.zone.name
    here = url_for("materials.zones", slug=slug, _anchor=f"task-{task.id}")
    look = {"label": gettext("Look at it"), "url": here}
    edit = {"label": gettext("Name somebody"), "url": url_for("materials.zone_task", slug=slug, task_id=task.id)}
    if alarm.trouble is Trouble.OVERDUE:
        text = gettext(
            "%(task)s: was due %(moment)s", task=task.text, moment=moment(alarm.due_at, hall.event.time_zone)
        )
        owner = task.owner.name if task.owner else ""
        tick = {"label": gettext("Done"), "url": url_for("materials.zone_task_tick", slug=slug, task_id=task.id)}
        act = {**tick, "post": True} if may_edit else look
        return _line(alarm, "danger", text, gettext(" · ").join(each for each in (zone, owner) if each), act)
    if alarm.trouble is Trouble.NO_MATERIAL:
        name = task.material.name if task.material else ""
        text = gettext("%(task)s: %(material)s has not been delivered", task=task.text, material=name)
        act = {
            "label": gettext("See the material"),
            "url": url_for("materials.show", slug=slug, material_id=task.material_id),
        }
        return _line(alarm, "danger", text, zone, act)
    return _line(
        alarm,
        "warning",
        gettext("%(task)s: nobody is responsible", task=task.text),
        zone,
        edit if may_edit else look,
    )


def _line(alarm: Alarm, tone: str, text: str, detail: str, act: dict[str, Any]) -> dict[str, Any]:
    return {"tone": tone, "icon": ICONS[alarm.trouble], "text": text, "detail": detail, "act": act}


def _many(zone: Zone, number: int, hall: Hall) -> dict[str, Any]:
    text = gettext("%(zone)s: nobody is responsible for %(num)s tasks", zone=zone.name, num=number)
    url = url_for("materials.zones", slug=hall.event.slug, _anchor=f"zone-{zone.id}")
    act = {"label": gettext("See them"), "url": url}
    return {"tone": "warning", "icon": ICONS[Trouble.NO_OWNER], "text": text, "detail": "", "act": act}
