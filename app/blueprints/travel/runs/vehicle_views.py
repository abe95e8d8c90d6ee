"""The cars of an event."""

from typing import Any

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.travel import blueprint, queries
from app.blueprints.travel.errors import VehicleLabelTaken
from app.blueprints.travel.runs import actions
from app.blueprints.travel.runs.forms import VehicleForm
from app.extensions import db
from app.models import Event, Vehicle
from app.web.guards import requires
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


def _save(event: Event, vehicle: Vehicle | None) -> Any:
    form = VehicleForm(vehicle)
    if form.validate_on_submit() and not (vehicle and form.overtaken_by(vehicle.version)):
        try:
            actions.save_vehicle(event, vehicle, **form.values())
        except VehicleLabelTaken as taken:
            db.session.rollback()
            form.label.errors = [*form.label.errors, str(taken)]
            return page("travel/vehicle.html", status=422, form=form, vehicle=vehicle)
        db.session.commit()
        flash(_("Saved."), "success")
        return back_to("travel.settings", slug=event.slug)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return page("travel/vehicle.html", status=status, form=form, vehicle=vehicle)


@blueprint.route("/events/<slug>/travel/vehicles/new", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def vehicle_create(slug: str) -> Any:
    return _save(the_event(slug), None)


@blueprint.route("/events/<slug>/travel/vehicles/<int:vehicle_id>", methods=["GET", "POST"])
@requires(P.EDIT_TRAVEL)
def vehicle_edit(slug: str, vehicle_id: int) -> Any:
    event = the_event(slug)
    return _save(event, found(queries.vehicle(event, vehicle_id)))


@blueprint.post("/events/<slug>/travel/vehicles/<int:vehicle_id>/remove")
@requires(P.EDIT_TRAVEL)
def vehicle_remove(slug: str, vehicle_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.lock(event)
    actions.remove_vehicle(found(queries.vehicle(event, vehicle_id)))
    db.session.commit()
    flash(_("The car is removed; its runs need another one."), "success")
    return back_to("travel.settings", slug=slug)
