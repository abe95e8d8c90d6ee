"""Roles, shifts and needs of one event."""

from datetime import time, timedelta
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock
from app.access import Permission
from app.blueprints.staff import blueprint, granting, queries
from app.blueprints.staff.actions import check_changeable
from app.blueprints.staff.setup import actions, needs
from app.blueprints.staff.setup.forms import RoleForm, ShiftForm
from app.blueprints.staff.versions import VersionedForm
from app.extensions import db
from app.models import Duty, Event, Removal, Shift, StaffRole
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_or, back_to, invalid, page

P = Permission


def _role(event: Event, role_id: int) -> StaffRole:
    return found(queries.role(event, role_id))


def _shift(event: Event, shift_id: int) -> Shift:
    return found(queries.shift(event, shift_id))


def _form(template: str, form: VersionedForm, **context: Any) -> Any:
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page(template, status=status, form=form, **context)


@blueprint.route("/events/<slug>/staff/roles", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def roles(slug: str) -> Any:
    """Show roles and shifts with the grid of needs, and take the grid."""
    event = the_event(slug)
    plan = queries.plan(event)
    if request.method == "GET":
        return page("staff/roles.html", plan=plan, wrong=frozenset(), sent={}, name_of=needs.name_of)
    typed = needs.read(plan, request.form)
    if typed.wrong:
        return invalid("staff/roles.html", plan=plan, wrong=typed.wrong, sent=request.form, name_of=needs.name_of)
    changed = actions.set_needs(event, typed.needs)
    db.session.commit()
    if changed:
        flash(gettext("The numbers are saved."), "success")
    return back_to("staff.index", slug=slug)


@blueprint.route("/events/<slug>/staff/roles/new", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def role_create(slug: str) -> Any:
    event = the_event(slug)
    form = RoleForm(may_give=granting.may_give())
    if form.validate_on_submit():
        role = actions.add_role(event, form.values)
        db.session.commit()
        flash(gettext("%(role)s is added. Say below how many it needs in which shift.", role=role.name), "success")
        return back_to("staff.roles", slug=slug)
    return _form("staff/role_form.html", form, role=None, brings=granting.brings())


@blueprint.route("/events/<slug>/staff/roles/<int:role_id>", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def role_edit(slug: str, role_id: int) -> Any:
    event = the_event(slug)
    role = _role(event, role_id)
    form = RoleForm(role, may_give=granting.may_give())
    if form.validate_on_submit() and not form.overtaken_by(role.version):
        actions.edit_role(event, role, form.values, version=form.version.data)
        db.session.commit()
        flash(gettext("The changes are saved."), "success")
        return back_or(url_for("staff.roles", slug=slug))
    people = sum(1 for duty in queries.plan(event).duties if duty.role_id == role.id)
    return _form("staff/role_form.html", form, role=role, people=people, brings=granting.brings())


@blueprint.post("/events/<slug>/staff/roles/<int:role_id>/remove")
@requires(P.EDIT_STAFF)
def role_remove(slug: str, role_id: int) -> BaseResponse:
    event = the_event(slug)
    role = _role(event, role_id)
    name = role.name
    kept = actions.remove_role(event, role, by_id=me().id)
    db.session.commit()
    return _removed(slug, name, kept)


def _removed(slug: str, name: str, kept: Removal) -> BaseResponse:
    undo = url_for("staff.removed_put_back", slug=slug, removal_id=kept.id)
    flash({"text": gettext("Removed: %(name)s", name=name), "undo_url": undo}, "success")  # type: ignore[arg-type]  # offers Undo
    return back_to("staff.roles", slug=slug)


@blueprint.post("/events/<slug>/staff/removed/<int:removal_id>/put-back")
@requires(P.EDIT_STAFF)
def removed_put_back(slug: str, removal_id: int) -> BaseResponse:
    """Put a removed role or shift back as it was, with everybody in it."""
    event = the_event(slug)
    kept = found(actions.put_back(event, removal_id))
    back = {columns["id"] for table, columns in kept.rows if table == Duty.__tablename__}
    for duty in (each for each in queries.plan(event).duties if each.id in back):
        granting.check_not_own(duty.role, duty.person)
    db.session.commit()
    flash(gettext("Put back: %(title)s", title=kept.name), "success")
    return back_to("staff.roles", slug=slug)


@blueprint.post("/events/<slug>/staff/roles/<int:role_id>/place")
@requires(P.EDIT_STAFF)
def role_place(slug: str, role_id: int) -> BaseResponse:
    """Move a role up or down; numbers typed into the grid around the buttons are not lost by it."""
    event = the_event(slug)
    typed = needs.read(queries.plan(event), request.form)
    if not typed.wrong:
        actions.set_needs(event, typed.needs)
    actions.place_role(event, _role(event, role_id), up=request.values.get("up") == "1")
    db.session.commit()
    return back_to("staff.roles", slug=slug)


@blueprint.route("/events/<slug>/staff/shifts/new", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def shift_create(slug: str) -> Any:
    event = the_event(slug)
    form = ShiftForm(event)
    if form.validate_on_submit():
        shift = actions.add_shift(event, **form.values)
        db.session.commit()
        flash(gettext("%(shift)s is added. Say below who is needed in it.", shift=shift.name), "success")
        return back_to("staff.roles", slug=slug)
    if not form.is_submitted():
        day = clock.local(event.starts_at, event.time_zone).date()
        form.starts_at.data = clock.instant(day, time(18, 0), event.time_zone)
        form.ends_at.data = form.starts_at.data + timedelta(hours=2)
    return _form("staff/shift_form.html", form, shift=None)


@blueprint.route("/events/<slug>/staff/shifts/<int:shift_id>", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def shift_edit(slug: str, shift_id: int) -> Any:
    event = the_event(slug)
    shift = _shift(event, shift_id)
    form = ShiftForm(event, shift)
    if form.validate_on_submit() and not form.overtaken_by(shift.version):
        actions.edit_shift(event, shift, **form.values, version=form.version.data)
        db.session.commit()
        flash(gettext("The changes are saved."), "success")
        return back_to("staff.roles", slug=slug)
    people = sum(1 for duty in queries.plan(event).duties if duty.shift_id == shift.id)
    return _form("staff/shift_form.html", form, shift=shift, people=people)


@blueprint.post("/events/<slug>/staff/shifts/<int:shift_id>/remove")
@requires(P.EDIT_STAFF)
def shift_remove(slug: str, shift_id: int) -> BaseResponse:
    event = the_event(slug)
    shift = _shift(event, shift_id)
    name = shift.name
    kept = actions.remove_shift(event, shift, by_id=me().id)
    db.session.commit()
    return _removed(slug, name, kept)


@blueprint.route("/events/<slug>/staff/shifts/moved", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def shifts_moved(slug: str) -> Any:
    """Show where the shifts would go now that the event has moved, and let them go there, or say that they stay."""
    event = the_event(slug)
    check_changeable(event)
    if request.method == "GET":
        return page("staff/shifts_moved.html", rows=actions.moved_shifts(event))
    if request.form.get("stay"):
        count = actions.keep_shifts(event)
        text = ngettext("%(num)d shift stays where it is.", "%(num)d shifts stay where they are.", count)
    else:
        count = actions.move_shifts(event)
        text = ngettext("%(num)d shift has moved along.", "%(num)d shifts have moved along.", count)
    db.session.commit()
    flash(text, "success")
    return back_to("staff.index", slug=slug)
