"""Staffing an event like an earlier one: first what it would bring, then doing it."""

from typing import Any

from flask import flash, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.staff import blueprint, queries
from app.blueprints.staff.actions import check_changeable
from app.blueprints.staff.earlier import actions
from app.blueprints.staff.earlier.forms import CopyForm
from app.extensions import db
from app.models import Event
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission


@blueprint.route("/events/<slug>/staff/copy", methods=["GET", "POST"])
@requires(P.EDIT_STAFF)
def copy(slug: str) -> Any:
    event = the_event(slug)
    check_changeable(event)
    sources = {each.id: each for each in queries.sources(event)}
    asked = request.args.get("source_id", type=int)
    form = CopyForm(list(sources.values()), data={"source_id": asked or next(iter(sources), None)})
    if request.method == "GET" and asked is not None:
        form.with_people.data = request.args.get("with_people") == "y"
    elif form.validate_on_submit():
        return _copied(event, actions.copy(sources[form.source_id.data], event, with_people=form.with_people.data))
    source = sources.get(form.source_id.data)
    brought = actions.preview(source, event, with_people=form.with_people.data) if source else None
    status = 422 if form.is_submitted() else 200
    return page("staff/copy.html", status=status, form=form, source=source, brought=brought)


def _copied(event: Event, found: actions.Copied) -> BaseResponse:
    db.session.commit()
    flash(
        ngettext("%(num)d duty was copied.", "%(num)d duties were copied.", found.duties)
        if found.duties
        else gettext("Roles and shifts were copied."),
        "success",
    )
    if found.busy:
        names = gettext(", ").join(sorted(found.busy))
        flash(gettext("On duty elsewhere at that time: %(names)s.", names=names), "warning")
    if found.left:
        names = gettext(", ").join(sorted(found.left))
        flash(gettext("Not copied, because they have left: %(names)s.", names=names), "info")
    return back_to("staff.index", slug=event.slug)
