"""Somebody's own tasks in the hall, on the page their personal link opens: ticked and photographed without sign-in.

Only what they see to themselves can be reached from there. What the hall lead has accepted is opened again by the lead.
"""

from typing import Any

from flask import flash, request
from flask_babel import gettext

from app import clock
from app.blueprints.materials import blueprint
from app.blueprints.materials.rules.pictures import PICTURES
from app.blueprints.materials.uploads import kept, shown
from app.blueprints.materials.zones import actions, queries, rules
from app.blueprints.materials.zones.forms import PhotoForm
from app.blueprints.staff.day.actions import is_closed
from app.blueprints.staff.day.parts import part
from app.blueprints.staff.day.views import LINK, happened_at, own_page, staff_page
from app.extensions import db
from app.models import StaffPass, ZoneTask
from app.web.load import found
from app.web.render import back_to

TASK = LINK + "/hall/<int:task_id>"


@part("materials/zones/_mine.html")
def my_tasks(key: StaffPass) -> dict[str, Any] | None:
    """What the person sees to in the hall, with until when each thing has to stand."""
    rows = queries.tasks_of(key.event, key.person_id)
    if not rows:
        return None
    due = {row.id: rules.due(row.due_at, key.event.starts_at) for row in rows}
    now = clock.now()
    return {"tasks": rows, "due": due, "late": {row.id for row in rows if row.done_at is None and due[row.id] < now}}


def _own(key: StaffPass, task_id: int) -> ZoneTask:
    return found(next((row for row in queries.tasks_of(key.event, key.person_id) if row.id == task_id), None))


@blueprint.post(TASK)
@staff_page
def my_zone_task(key: StaffPass, task_id: int) -> Any:
    """Tick a task, open it again, or keep a picture of it; a picture may come along with the tick."""
    if is_closed(key.event):
        return own_page(key, status=410)
    task = _own(key, task_id)
    act, form = request.form.get("act"), PhotoForm()
    if act not in {"done", "open", "picture"}:
        return own_page(key, status=422)
    if act == "open" and task.zone.accepted_at is not None:
        flash(gettext("The zone is accepted. Only the hall lead opens it again."), "warning")
        return own_page(key, status=409)
    if form.file.data or act == "picture":
        file = kept(form.file, PICTURES) if form.validate_on_submit() else None
        if file is None:
            return own_page(key, status=422, wrong_task=task.id, wrong=" ".join(map(str, form.file.errors)))
        actions.put_photo(key.event, task, file)
    if act == "done":
        actions.tick(key.event, task, key.person.name, at=happened_at())
    elif act == "open":
        actions.untick(key.event, task, at=happened_at())
    db.session.commit()
    return back_to("staff.my_duties", token=key.token, _anchor=f"t{task.id}")


@blueprint.get(TASK + "/photo")
@staff_page
def my_zone_task_photo(key: StaffPass, task_id: int) -> Any:
    if is_closed(key.event):
        return own_page(key, status=410)
    return shown(found(queries.photo(_own(key, task_id))))
