"""The incident log: the list, a report in three taps, one incident, and the log on paper."""

from typing import Any

from flask import Response, flash, request
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as BaseResponse

from app import clock, pdf, texts
from app.access import Permission
from app.blueprints.staff import blueprint
from app.blueprints.staff.incidents import actions, queries
from app.blueprints.staff.incidents.forms import EditForm, IncidentForm, OutcomeForm
from app.blueprints.staff.incidents.presets import PRESETS
from app.extensions import db
from app.models import Event, Incident, Severity
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission
STATES = ("open", "done", "all")


def _incident(event: Event, incident_id: int) -> Incident:
    return found(queries.incident(event, incident_id))


@blueprint.get("/events/<slug>/staff/incidents/")
@requires(P.VIEW_STAFF, P.CHECK_IN)
def incidents(slug: str) -> Any:
    event = the_event(slug)
    state, wanted = request.args.get("state", "open"), request.args.get("severity", "")
    state = state if state in STATES else "open"
    severity = Severity(wanted) if wanted in list(Severity) else None
    return page(
        "staff/incidents.html",
        incidents=queries.of_event(event, state=state, severity=severity),
        counts=queries.counts(event),
        state_=state,
        severity_=severity,
        severities=list(Severity),
    )


@blueprint.route("/events/<slug>/staff/incidents/new", methods=["GET", "POST"])
@requires(P.VIEW_STAFF, P.CHECK_IN)
def incident_new(slug: str) -> Any:
    event = the_event(slug)
    form = IncidentForm(queries.may_act(event))
    if form.validate_on_submit():
        told = actions.Report(form.words, form.place.data or "", form.how_bad, me().name, form.acting)
        made = actions.report(event, told)
        db.session.commit()
        flash(_thanks(made), "success")
        return back_to("staff.incidents", slug=slug)
    status = 422 if form.is_submitted() else 200
    return page("staff/incident_new.html", status=status, form=form, presets=PRESETS, stations=queries.stations(event))


def _thanks(made: Incident) -> str:
    if made.acting is None:
        return gettext("It is in the log. Nobody is named to see to it yet.")
    return gettext("It is in the log, and %(name)s is being told.", name=made.acting.name)


@blueprint.route("/events/<slug>/staff/incidents/<int:incident_id>", methods=["GET", "POST"])
@requires(P.VIEW_STAFF, P.CHECK_IN)
def incident(slug: str, incident_id: int) -> Any:
    """One incident with its history; whoever saves it after somebody else has, sees that first."""
    event = the_event(slug)
    shown = _incident(event, incident_id)
    form = EditForm(shown, queries.may_act(event))
    if form.validate_on_submit() and not form.overtaken_by(shown.version):
        actions.edit(event, shown, form.values)
        db.session.commit()
        flash(gettext("The changes are saved."), "success")
        return back_to("staff.incident", slug=slug, incident_id=incident_id)
    status = 409 if form.is_overtaken else 422 if form.errors else 200
    return _one(event, shown, form, OutcomeForm(formdata=None), status)


def _one(event: Event, shown: Incident, form: EditForm, outcome: OutcomeForm, status: int) -> Any:
    outcome.version.data, outcome.version.raw_data = shown.version, None
    return page(
        "staff/incident.html",
        status=status,
        incident=shown,
        form=form,
        outcome=outcome,
        stations=queries.stations(event),
        history=lines(shown),
    )


@blueprint.post("/events/<slug>/staff/incidents/<int:incident_id>/done")
@requires(P.VIEW_STAFF, P.CHECK_IN)
def incident_done(slug: str, incident_id: int) -> Any:
    event = the_event(slug)
    shown = _incident(event, incident_id)
    form = OutcomeForm()
    try:
        if form.validate_on_submit() and not form.overtaken_by(shown.version):
            actions.done(event, shown, form.outcome.data)
            db.session.commit()
            flash(gettext("Closed: %(what)s", what=shown.what), "success")
            return back_to("staff.incidents", slug=slug)
    except StaleDataError:
        db.session.rollback()
        shown, form.is_overtaken = _incident(the_event(slug), incident_id), True
    status = 409 if form.is_overtaken else 422
    return _one(event, shown, EditForm(shown, queries.may_act(event), formdata=None), form, status)


@blueprint.post("/events/<slug>/staff/incidents/<int:incident_id>/reopen")
@requires(P.VIEW_STAFF, P.CHECK_IN)
def incident_reopen(slug: str, incident_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.reopen(event, _incident(event, incident_id))
    db.session.commit()
    return back_to("staff.incident", slug=slug, incident_id=incident_id)


@blueprint.get("/events/<slug>/staff/incidents/log.pdf")
@requires(P.VIEW_STAFF)
def incident_log(slug: str) -> Any:
    """The whole log as it happened, to sign and to keep."""
    event = the_event(slug)
    language = texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))
    html = pdf.page_html(
        "staff/print/incidents.html",
        language,
        event=event,
        incidents=queries.in_order(event),
        at=lambda instant: clock.local(instant, event.time_zone).strftime("%m-%d %H:%M"),
        printed=clock.local(clock.now(), event.time_zone).strftime("%Y-%m-%d %H:%M"),
    )
    answer = Response(pdf.render(html, css="@page { size: A4 landscape }"), content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"incidents-{slug}.pdf")
    return answer
