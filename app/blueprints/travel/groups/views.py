"""Groups with leader, host and members."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectField
from wtforms.validators import DataRequired, Length

from app.access import Permission
from app.blueprints.staff.versions import VersionedForm
from app.blueprints.travel import blueprint, queries
from app.blueprints.travel.errors import GroupNameTaken
from app.blueprints.travel.groups import actions
from app.blueprints.travel.queries import hosts
from app.blueprints.travel.sheets import overtaken
from app.blueprints.travel.sheets.more_lines import of_group
from app.extensions import db
from app.models import Event, GuestGroup, SheetKind
from app.web.fields import LineField
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


def _number(value: int | str | None) -> int | None:
    return int(value) if value else None


class GroupForm(VersionedForm):
    """A group. Its leader is one of its members."""

    name = LineField(_l("Name of the group"), [DataRequired(_l("Please enter a name.")), Length(max=40)])
    leader_id = SelectField(_l("Leader"), coerce=_number, description=_l("One of the guests in the group."))
    host_id = SelectField(_l("Our host"), coerce=_number)
    note = LineField(_l("Note"), [Length(max=200)])

    def __init__(self, now: actions.Grouping, group: GuestGroup | None, **kwargs: Any) -> None:
        super().__init__(obj=group, **kwargs)
        members = now.members(group) if group else []
        self.leader_id.choices = [("", _("Nobody yet")), *((each.id, each.name) for each in members)]
        self.host_id.choices = [("", _("Nobody yet")), *hosts()]

    def values(self) -> dict[str, Any]:
        lines = {name: self[name].data or "" for name in ("name", "note")}
        return lines | {"leader_id": self.leader_id.data, "host_id": self.host_id.data}


@blueprint.get("/events/<slug>/travel/groups")
@requires(P.VIEW_TRAVEL)
def groups(slug: str) -> Any:
    """Every group, and who is in none."""
    now = actions.grouping(the_event(slug))
    return page("travel/groups.html", now=now, may_edit=me().can(P.EDIT_TRAVEL))


def _form(event: Event, group: GuestGroup | None) -> Any:
    now = actions.grouping(event)
    form = GroupForm(now, group)
    if form.validate_on_submit() and not (group and form.overtaken_by(group.version)):
        try:
            saved = actions.save(event, group, **form.values())
        except GroupNameTaken as taken:
            form.name.errors = [*form.name.errors, str(taken)]
        else:
            db.session.commit()
            return back_to("travel.group_edit", slug=event.slug, group_id=saved.id)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    handed = None
    if group:
        handed = overtaken.handed(queries.last_sheet(event, SheetKind.GROUPS, group.id), of_group(now, group))
    return page("travel/group.html", status=status, form=form, group=group, now=now, handed=handed)


@blueprint.route("/events/<slug>/travel/groups/new", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def group_create(slug: str) -> Any:
    return _form(the_event(slug), None)


@blueprint.route("/events/<slug>/travel/groups/<int:group_id>", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def group_edit(slug: str, group_id: int) -> Any:
    event = the_event(slug)
    return _form(event, found(actions.group_of(event, group_id)))


@blueprint.post("/events/<slug>/travel/groups/<int:group_id>/remove")
@requires(P.EDIT_TRAVEL)
def group_remove(slug: str, group_id: int) -> BaseResponse:
    actions.remove(found(actions.group_of(the_event(slug), group_id)))
    db.session.commit()
    flash(_("Removed."), "success")
    return back_to("travel.groups", slug=slug)


@blueprint.post("/events/<slug>/travel/groups/<int:group_id>/members")
@requires(P.EDIT_TRAVEL)
def group_join(slug: str, group_id: int) -> BaseResponse:
    """Put guests into the group, out of any other; `on=0` takes them out."""
    event = the_event(slug)
    group = found(actions.group_of(event, group_id))
    ids = request.form.getlist("guest")
    for given in ids:
        guest = found(queries.guest(event, given))
        actions.join(guest, group if request.form.get("on") != "0" else None)
    db.session.commit()
    if not ids:
        flash(_("Please choose at least one guest."), "warning")
    return back_to("travel.group_edit", slug=slug, group_id=group_id)
