"""Incidents on somebody's own page: reporting one, and closing one that they see to. The link is the key."""

from typing import Any

from flask import flash
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError

from app.blueprints.staff import blueprint, passes
from app.blueprints.staff.day import parts
from app.blueprints.staff.day import queries as own
from app.blueprints.staff.day.actions import is_closed
from app.blueprints.staff.day.views import LINK, own_page, staff_page
from app.blueprints.staff.incidents import actions, queries
from app.blueprints.staff.incidents.forms import IncidentForm, OutcomeForm
from app.blueprints.staff.incidents.presets import PRESETS
from app.extensions import db
from app.models import DutyState, Severity, StaffPass
from app.web.load import found
from app.web.render import back_to, page


def _place(key: StaffPass) -> str:
    """Where the person stands now, or will stand next."""
    shown = [each for each in own.shown(key) if not each.is_over and each.standing is not DutyState.REFUSED]
    return next((each.duty.station for each in shown if each.duty.station), "")


@blueprint.route(LINK + "/incident", methods=["GET", "POST"])
@staff_page
def my_incident(key: StaffPass) -> Any:
    """Whoever has a duty or a task here may report; the station is filled in."""
    if is_closed(key.event) or not (own.duties(key) or parts.of(key)):
        return own_page(key, status=410 if is_closed(key.event) else 403)
    form = IncidentForm([])
    if not form.is_submitted():
        form.place.data = _place(key)
    elif form.validate():
        severity = form.how_bad
        told = actions.Report(form.words, form.place.data or "", severity, key.person.name)
        made = actions.report(key.event, told)
        db.session.commit()
        flash(_thanks(severity, made.acting.name if made.acting else ""), "success")
        return back_to("staff.my_duties", token=key.token)
    leads = [each for each in own.leads(key.event) if each[1].id != key.person_id]
    status = 422 if form.errors else 200
    return page("staff/my_incident.html", status=status, key=key, form=form, presets=PRESETS, leads=leads)


def _thanks(severity: Severity, name: str) -> str:
    if severity is Severity.EMERGENCY and name:
        return gettext("Reported. %(name)s is being told at once; please call too.", name=name)
    return gettext("Reported. %(name)s is being told.", name=name) if name else gettext("Reported.")


@blueprint.post(LINK + "/incidents/<int:incident_id>/done")
@staff_page
def my_incident_done(key: StaffPass, incident_id: int) -> Any:
    """Close what the person sees to; somebody else's is not theirs to close."""
    if is_closed(key.event):
        return own_page(key, status=410)
    mine = found(next((each for each in queries.of_person(key.event, key.person_id) if each.id == incident_id), None))
    form = OutcomeForm()
    if not form.validate():
        return own_page(key, status=422, undone=incident_id)
    if form.overtaken_by(mine.version):
        return _overtaken(key)
    try:
        actions.done(key.event, mine, form.outcome.data)
        db.session.commit()
    except StaleDataError:
        return _overtaken(key)
    flash(gettext("Closed. Thank you."), "success")
    return back_to("staff.my_duties", token=key.token)


def _overtaken(key: StaffPass) -> Any:
    db.session.rollback()
    text = gettext("Somebody else has changed this incident in the meantime. Please look at it once more.")
    flash(text, "warning")
    return own_page(found(passes.by_token(key.token)), status=409)
