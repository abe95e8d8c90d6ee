"""Who is in and who is missing, for everybody who is not at the desk; and the live figures of both pages."""

from typing import Any

from flask import Response, abort, make_response, render_template, request
from flask_babel import get_locale

from app.access import Permission
from app.blueprints.checkin import actions, blueprint
from app.blueprints.checkin.arrivals import figures, queries, tables
from app.models import Event
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import page
from app.web.tables import Table

P = Permission
_RECENT = 8
_REFUSED = 6
_PARTS = ("figures", "plots")


@blueprint.get("/events/<slug>/arrivals/")
@requires(P.VIEW_ARRIVALS)
def arrivals(slug: str) -> Any:
    event, person = the_event(slug), me()
    spec = tables.arrival_list(
        event,
        person_id=person.id,
        shows_phones=person.can(P.VIEW_INVITATIONS) or person.can(P.CHECK_IN),
        opens_guests=person.can(P.VIEW_INVITATIONS),
        exports=person.can(P.EXPORT_LISTS),
        times=queries.all_arrivals(event) if "format" in request.args else {},
    )
    # A rep sees the own guests, as on every list; whoever stands at the desk has to find everybody.
    sees_own_only = person.can(P.VIEW_INVITATIONS) and not person.can(P.VIEW_ALL_INVITATIONS)
    table = Table(spec, queries.awaited(event, person.id if sees_own_only else None))
    if table.wants_export:
        return table.export()
    ids = [row.id for row in table.load().rows]
    return page(
        "checkin/arrivals.html",
        table=table,
        arrivals=queries.arrivals_of(ids),
        substitutes=queries.substitutes_of(ids),
        works=event.status in actions.DOORS_WORK,
        sees_own_only=sees_own_only,
        **_live(event),
    )


def _live(event: Event) -> dict[str, Any]:
    return {**figures.live(event, recent=_RECENT), "refused": queries.refused_scans(event, _REFUSED)}


def _unless_known(event: Event, template: str, tell: Any) -> Response:
    """Answer a live part of a page, or 304 when the browser has it: that costs two looks into an index."""
    mark = f"{queries.stamp(event)}.{get_locale()}"
    if request.if_none_match.contains(mark):
        response = make_response("", 304)
    else:
        response = make_response(render_template(template, event=event, **tell(event)))
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/events/<slug>/door/live")
@requires(P.CHECK_IN)
def desk_live(slug: str) -> Any:
    return _unless_known(the_event(slug), "checkin/_desk_side.html", figures.live)


@blueprint.get("/events/<slug>/arrivals/live")
@requires(P.VIEW_ARRIVALS)
def arrivals_live(slug: str) -> Any:
    part = request.args.get("part", "")
    if part not in _PARTS:
        abort(404)
    return _unless_known(the_event(slug), f"checkin/_arrivals_{part}.html", _live)
