"""Somebody's own close-out list: on the page of their link, without signing in, and for colleagues in the console."""

from typing import Any

from flask import request

from app.blueprints.staff import blueprint
from app.blueprints.staff.closeout import actions, queries
from app.blueprints.staff.closeout.queries import Sheet
from app.blueprints.staff.closeout.views import show_list
from app.blueprints.staff.day.actions import is_closed
from app.blueprints.staff.day.views import LINK, happened_at, own_page, staff_page
from app.extensions import db
from app.models import Event, StaffPass
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to


@blueprint.post(LINK + "/closeout")
@staff_page
def my_closeout(key: StaffPass) -> Any:
    """Tick one of the person's own items, or take the tick away."""
    if is_closed(key.event):
        return own_page(key, status=410)
    item = found(queries.item(key.event, key.person_id, request.form.get("item_id", type=int) or 0))
    actions.tick(key.event, item, done=request.form.get("done") == "1", by=key.person.name, at=happened_at())
    db.session.commit()
    return back_to("staff.my_duties", token=key.token, _anchor="closeout")


def _of_me(event: Event) -> Sheet:
    """Return the signed-in person's own list; 404 for whoever did not work here."""
    person = found(queries.of_user(me().id))
    return found(queries.sheet(event, person.id))


@blueprint.get("/events/<slug>/my-closeout")
@requires()
def my_list(slug: str) -> Any:
    """Whoever has an account needs no link, and no right to see the staff plan."""
    event = the_event(slug)
    return show_list(event, _of_me(event), mine=True)


@blueprint.post("/events/<slug>/my-closeout/<int:item_id>/tick")
@requires()
def my_list_tick(slug: str, item_id: int) -> Any:
    event = the_event(slug)
    item = found(queries.item(event, _of_me(event).person.id, item_id))
    actions.tick(event, item, done=request.form.get("done") == "1", by=me().name)
    db.session.commit()
    return back_to("staff.my_list", slug=slug)
