"""The zones of the hall with their tasks, and the board of the set-up."""

from typing import Any

from flask import flash, url_for
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.materials import blueprint
from app.blueprints.materials.actions import check_changeable
from app.blueprints.materials.rules.pictures import PICTURES
from app.blueprints.materials.uploads import kept, shown
from app.blueprints.materials.zones import actions, queries, words
from app.blueprints.materials.zones.forms import PhotoForm, TaskForm, ZoneForm
from app.blueprints.staff import passes
from app.blueprints.staff.incidents.queries import open_of
from app.blueprints.staff.notice.letters import page_of
from app.extensions import db
from app.models import Event, Removal, Zone, ZoneTask
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_or, back_to, page

P = Permission


def _zone(slug: str, zone_id: int) -> tuple[Event, Zone]:
    event = the_event(slug)
    return event, found(queries.zone(event, zone_id))


def _task(slug: str, task_id: int) -> tuple[Event, ZoneTask]:
    event = the_event(slug)
    return event, found(queries.task(event, task_id))


def _to_task(task: ZoneTask, slug: str) -> Any:
    return back_or(url_for("materials.zones", slug=slug, _anchor=f"task-{task.id}"))


def _to_zone(zone: Zone, slug: str) -> Any:
    return back_or(url_for("materials.zones", slug=slug, _anchor=f"zone-{zone.id}"))


@blueprint.get("/events/<slug>/zones/")
@requires(P.VIEW_MATERIALS, P.ACCEPT_ZONES)
def zones(slug: str) -> Any:
    event = the_event(slug)
    hall, may = queries.hall(event), words.may()
    return page(
        "materials/zones/index.html",
        event=event,
        hall=hall,
        alarms=[each.line for each in words.rows(hall, may)],
        may=may,
        progress_of=words.PROGRESS,
        form=ZoneForm(formdata=None),
    )


@blueprint.get("/events/<slug>/zones/board")
@requires(P.VIEW_MATERIALS, P.ACCEPT_ZONES)
def zone_board(slug: str) -> Any:
    event = the_event(slug)
    return _board("materials/zones/board.html", event)


@blueprint.get("/events/<slug>/zones/board/live")
@requires(P.VIEW_MATERIALS, P.ACCEPT_ZONES)
def zone_board_live(slug: str) -> Any:
    event = the_event(slug)
    return _board("materials/zones/_board.html", event)


def _board(template: str, event: Event) -> Any:
    hall = queries.hall(event)
    alarms = [each.line for each in words.rows(hall, words.May())]
    incidents = open_of([event]).get(event.id, [])
    return page(template, event=event, hall=hall, alarms=alarms, incidents=incidents, progress_of=words.PROGRESS)


@blueprint.route("/events/<slug>/zones/new", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def zone_create(slug: str) -> Any:
    event = the_event(slug)
    form = ZoneForm()
    if form.validate_on_submit():
        zone = actions.add_zone(event, form.name.data or "")
        db.session.commit()
        flash(_("%(name)s is added.", name=zone.name), "success")
        return _to_zone(zone, slug)
    return page("materials/zones/zone.html", status=422 if form.errors else 200, form=form, zone=None, event=event)


@blueprint.route("/events/<slug>/zones/<int:zone_id>/edit", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def zone_edit(slug: str, zone_id: int) -> Any:
    event, zone = _zone(slug, zone_id)
    form = ZoneForm(obj=zone)
    if form.validate_on_submit():
        actions.rename_zone(event, zone, form.name.data or "")
        db.session.commit()
        flash(_("The changes are saved."), "success")
        return _to_zone(zone, slug)
    return page("materials/zones/zone.html", status=422 if form.errors else 200, form=form, zone=zone, event=event)


@blueprint.post("/events/<slug>/zones/<int:zone_id>/remove")
@requires(P.EDIT_MATERIALS)
def zone_remove(slug: str, zone_id: int) -> Any:
    event, zone = _zone(slug, zone_id)
    name = zone.name
    kept = actions.remove_zone(event, zone, by_id=me().id)
    db.session.commit()
    _offer_undo(slug, _("%(name)s is removed.", name=name), kept)
    return back_to("materials.zones", slug=slug)


def _offer_undo(slug: str, text: str, kept: Removal) -> None:
    undo = url_for("materials.zones_put_back", slug=slug, removal_id=kept.id)
    flash({"text": text, "undo_url": undo}, "success")  # type: ignore[arg-type]  # offers Undo


@blueprint.post("/events/<slug>/zones/removed/<int:removal_id>/put-back")
@requires(P.EDIT_MATERIALS)
def zones_put_back(slug: str, removal_id: int) -> Any:
    """Put a removed zone or task back as it was."""
    kept = found(actions.put_back(the_event(slug), removal_id))
    db.session.commit()
    flash(_("%(name)s is back.", name=kept.name), "success")
    return back_to("materials.zones", slug=slug)


@blueprint.post("/events/<slug>/zones/<int:zone_id>/accept")
@requires(P.ACCEPT_ZONES)
def zone_accept(slug: str, zone_id: int) -> Any:
    event, zone = _zone(slug, zone_id)
    actions.accept(event, zone, by_id=me().id)
    db.session.commit()
    undo = url_for("materials.zone_take_back", slug=slug, zone_id=zone.id)
    flash({"text": _("%(name)s is accepted.", name=zone.name), "undo_url": undo}, "success")  # type: ignore[arg-type]  # offers Undo
    return _to_zone(zone, slug)


@blueprint.post("/events/<slug>/zones/<int:zone_id>/take-back")
@requires(P.ACCEPT_ZONES)
def zone_take_back(slug: str, zone_id: int) -> Any:
    event, zone = _zone(slug, zone_id)
    actions.take_back(event, zone)
    db.session.commit()
    flash(_("The acceptance is taken back."), "success")
    return _to_zone(zone, slug)


@blueprint.route("/events/<slug>/zones/<int:zone_id>/tasks/new", methods=["GET", "POST"])
@requires(P.EDIT_MATERIALS)
def zone_task_create(slug: str, zone_id: int) -> Any:
    event, zone = _zone(slug, zone_id)
    form = TaskForm(event)
    if form.validate_on_submit():
        task = actions.add_task(event, zone, form.values())
        db.session.commit()
        flash(_("The task is added."), "success")
        return _to_task(task, slug)
    status = 422 if form.errors else 200
    return page("materials/zones/task.html", status=status, form=form, zone=zone, task=None, event=event)


@blueprint.get("/events/<slug>/zones/tasks/<int:task_id>")
@requires(P.EDIT_MATERIALS, P.ACCEPT_ZONES)
def zone_task(slug: str, task_id: int) -> Any:
    event, task = _task(slug, task_id)
    return _task_page(event, task, TaskForm(event, task), PhotoForm(formdata=None))


@blueprint.post("/events/<slug>/zones/tasks/<int:task_id>")
@requires(P.EDIT_MATERIALS)
def zone_task_save(slug: str, task_id: int) -> Any:
    event, task = _task(slug, task_id)
    form = TaskForm(event, task)
    if form.validate_on_submit() and not form.overtaken_by(task.version):
        actions.edit_task(event, task, form.values(), version=form.version.data)
        db.session.commit()
        flash(_("The changes are saved."), "success")
        return _to_task(task, slug)
    return _task_page(event, task, form, PhotoForm(formdata=None))


def _task_page(event: Event, task: ZoneTask, form: TaskForm, photo: PhotoForm) -> Any:
    status = 409 if form.is_overtaken else 422 if form.errors or photo.errors else 200
    return page(
        "materials/zones/task.html",
        status=status,
        form=form,
        photo_form=photo,
        zone=task.zone,
        task=task,
        link=_link_of(event, task),
        event=event,
    )


def _link_of(event: Event, task: ZoneTask) -> str:
    """Return the personal link of whoever sees to it, for those who may hand it over."""
    if task.owner_id is None or not me().can(P.EDIT_STAFF):
        return ""
    key = passes.of(event).get(task.owner_id)
    return page_of(key.token) if key else ""


@blueprint.post("/events/<slug>/zones/tasks/<int:task_id>/link")
@requires(P.EDIT_STAFF)
def zone_task_link(slug: str, task_id: int) -> Any:
    """Give whoever sees to it a personal page; twice is once."""
    event, task = _task(slug, task_id)
    check_changeable(event)
    actions.give_link(event, task)
    db.session.commit()
    return back_to("materials.zone_task", slug=slug, task_id=task.id)


@blueprint.post("/events/<slug>/zones/tasks/<int:task_id>/remove")
@requires(P.EDIT_MATERIALS)
def zone_task_remove(slug: str, task_id: int) -> Any:
    event, task = _task(slug, task_id)
    zone = task.zone
    kept = actions.remove_task(event, task, by_id=me().id)
    db.session.commit()
    _offer_undo(slug, _("The task is removed."), kept)
    return _to_zone(zone, slug)


@blueprint.post("/events/<slug>/zones/tasks/<int:task_id>/tick")
@requires(P.EDIT_MATERIALS, P.ACCEPT_ZONES)
def zone_task_tick(slug: str, task_id: int) -> Any:
    event, task = _task(slug, task_id)
    actions.tick(event, task, me().name)
    db.session.commit()
    undo = url_for("materials.zone_task_untick", slug=slug, task_id=task.id)
    flash({"text": _("Done: %(task)s", task=task.text), "undo_url": undo}, "success")  # type: ignore[arg-type]  # offers Undo
    return _to_task(task, slug)


@blueprint.post("/events/<slug>/zones/tasks/<int:task_id>/untick")
@requires(P.EDIT_MATERIALS, P.ACCEPT_ZONES)
def zone_task_untick(slug: str, task_id: int) -> Any:
    event, task = _task(slug, task_id)
    actions.untick(event, task)
    db.session.commit()
    flash(_("Open again: %(task)s", task=task.text), "success")
    return _to_task(task, slug)


@blueprint.get("/events/<slug>/zones/tasks/<int:task_id>/photo")
@requires(P.VIEW_MATERIALS, P.ACCEPT_ZONES)
def zone_task_photo(slug: str, task_id: int) -> Any:
    _event, task = _task(slug, task_id)
    return shown(found(queries.photo(task)))


@blueprint.post("/events/<slug>/zones/tasks/<int:task_id>/photo")
@requires(P.EDIT_MATERIALS, P.ACCEPT_ZONES)
def zone_task_put_photo(slug: str, task_id: int) -> Any:
    event, task = _task(slug, task_id)
    form = PhotoForm()
    file = kept(form.file, PICTURES) if form.validate_on_submit() else None
    if file is None:
        return _task_page(event, task, TaskForm(event, task, formdata=None), form)
    actions.put_photo(event, task, file)
    db.session.commit()
    flash(_("The picture is kept."), "success")
    return _to_task(task, slug)
