"""One table after the event: what was returned, kept, used up or lost of each thing."""

from typing import Any

from flask import flash, request
from flask_babel import gettext, ngettext

from app.access import Permission
from app.blueprints.materials import blueprint, moving, queries
from app.blueprints.materials.afterwards import accounts, actions, rules
from app.blueprints.materials.lines import Line, Sheet
from app.blueprints.materials.log.actions import By
from app.extensions import db
from app.models import Event
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.locale import number
from app.web.render import back_to, page

P = Permission
_HEARD = (accounts, moving)  # importing them lets closing, copying and moving an event ask here


def _words(row: rules.Row) -> str:
    if row.wrong == rules.NOT_THE_SUM:
        return gettext("These add up to %(total)s, but %(here)s are here.", total=row.total, here=number(row.here))
    if row.wrong == rules.CHANGED:
        return gettext("Somebody else has written something down. Now %(here)s are here.", here=number(row.here))
    return gettext("Whole numbers are wanted, 0 or more.")


def _table(event: Event, sheet: Sheet, *, status: int = 200, sent: list[rules.Row] | None = None) -> Any:
    typed = {row.material_id: row for row in sent or ()}
    came: list[Line] = [line for line in sheet.lines if line.figures.good or line.figures.went]
    return page(
        "materials/after_event.html",
        status=status,
        open_lines=[
            (line, typed.get(line.id) or rules.proposed(line.figures, is_returnable=line.material.is_returnable))
            for line in came
            if line.figures.here
        ],
        settled=[line for line in came if not line.figures.here],
        kinds=rules.KINDS,
        name_of=rules.name_of,
        errors={row.material_id: _words(row) for row in typed.values() if row.wrong},
        may_edit=me().can(P.EDIT_MATERIALS),
    )


@blueprint.get("/events/<slug>/materials/after")
@requires(P.VIEW_MATERIALS)
def after_event(slug: str) -> Any:
    return _table(event := the_event(slug), queries.sheet(event))


@blueprint.post("/events/<slug>/materials/after/write")
@requires(P.EDIT_MATERIALS)
def after_event_write(slug: str) -> Any:
    """Take the table: all of it, or none where a row is wrong."""
    event = the_event(slug)
    sheet = queries.sheet(event)
    rows = rules.read({line.id: line.figures.here for line in sheet.lines if line.figures.here}, request.form)
    if any(row.wrong for row in rows):
        return _table(event, sheet, status=422, sent=rows)
    settled = actions.settle(event, rules.settled(rows), by=By(me().name, me().id))
    db.session.commit()
    if settled:
        flash(
            ngettext("%(num)d material is accounted for.", "%(num)d materials are accounted for.", settled), "success"
        )
    return back_to("materials.after_event", slug=slug)
