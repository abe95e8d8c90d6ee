"""Scans, undo and counters in JSON. Errors carry a stable code and the sentence a person would read."""

from typing import Any

from flask import Response, current_app, g, jsonify, make_response, request
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import BadRequest

from app import clock
from app.access import Permission
from app.blueprints.checkin import actions, answers, blueprint, crew, queries
from app.blueprints.checkin.answers import Answer, StaffDuty
from app.blueprints.checkin.api import document, reading
from app.blueprints.checkin.arrivals import queries as figures
from app.extensions import db
from app.models import Event
from app.web.guards import public, requires
from app.web.identity import me
from app.web.load import found, the_event

P = Permission


def _refused(wrong: reading.Wrong) -> Response:
    return make_response(
        jsonify(error=wrong.code, text=gettext(wrong.sentence), field=wrong.field, request_id=g.request_id), 422
    )


@blueprint.get("/api/v1/session")
@requires()
def api_session() -> Response:
    """Tell a signed-in program who it is, and the token that its POST requests carry."""
    person = me()
    return jsonify(name=person.name, permissions=sorted(person.permissions), csrf_token=generate_csrf())


def _body() -> Any:
    try:
        return request.get_json()
    except RecursionError:
        raise BadRequest from None  # brackets by the thousand are no mistake that deserves better


@blueprint.post("/api/v1/events/<slug>/scans")
@requires(P.CHECK_IN)
def api_scan(slug: str) -> Response:
    event = the_event(slug)
    try:
        asked = reading.scan(_body())
    except reading.Wrong as wrong:
        return _refused(wrong)
    outcome = actions.check_in(
        event,
        queries.holder_of_badge(asked.code) or crew.bearer_of_badge(asked.code),
        door=asked.door,
        by_id=me().id,
        at=clock.now(),
        scan_id=asked.scan_id,
        overrule=asked.overrule,
    )
    told = _scan_in_words(answers.told(outcome))  # before the commit: afterwards every row would be read again
    db.session.commit()
    return jsonify(told)


def _scan_in_words(answer: Answer) -> dict[str, Any]:
    return {
        "verdict": answer.verdict.value,
        "scan_id": answer.scan_id,
        "name": answer.name or None,
        "company": answer.company or None,
        "kind": answer.kind.value if answer.kind else None,
        "table": answer.table or None,
        "chair": answer.chair,
        "notes": answer.notes or None,
        "instead_of": answer.instead_of or None,
        "comes_with": answer.comes_with or None,
        "companions": [{"name": each.name, "is_in": each.is_in} for each in answer.companions],
        "arrived_at": answer.arrived_at.isoformat() if answer.arrived_at else None,
        "door": answer.door or None,
        "by": answer.by or None,
        "can_overrule": answer.can_overrule,
        "staff": _staff_in_words(answer.staff) if answer.staff else None,
    }


def _staff_in_words(duty: StaffDuty) -> dict[str, Any]:
    return {
        "role": duty.role,
        "is_deputy": duty.is_deputy,
        "station": duty.station or None,
        "shift": duty.shift or None,
        "starts_at": duty.starts_at.isoformat() if duty.starts_at else None,
        "ends_at": duty.ends_at.isoformat() if duty.ends_at else None,
    }


@blueprint.post("/api/v1/events/<slug>/scans/<scan_id>/undo")
@requires(P.CHECK_IN)
def api_scan_undo(slug: str, scan_id: str) -> Response:
    event = the_event(slug)
    if not reading.is_scan_id(scan_id):
        raise BadRequest
    name = actions.undo(event, found(queries.scan(event, scan_id)), at=clock.now())
    db.session.commit()
    return jsonify(scan_id=scan_id, name=name, undone=True)


@blueprint.get("/api/v1/events/<slug>/arrivals")
@requires(P.VIEW_ARRIVALS, P.CHECK_IN)
def api_arrivals(slug: str) -> Response:
    event = the_event(slug)
    mark = figures.stamp(event)
    is_known = request.if_none_match.contains(mark)
    response = make_response("", 304) if is_known else jsonify(_counters_in_words(event))
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _counters_in_words(event: Event) -> dict[str, Any]:
    counters = figures.counters(event)
    return {
        "guests_in": counters.guests_in,
        "companions_in": counters.companions_in,
        "people_in": counters.people_in,
        "expected": counters.expected,
        "by_kind": {kind.value: {"in": pair[0], "expected": pair[1]} for kind, pair in counters.by_kind.items()},
        "per_slot": [{"at": at.isoformat(), "guests": count} for at, count in figures.arrivals_per_slot(event)],
    }


@blueprint.get("/api/v1/openapi.json")
@public("it describes addresses and tells nothing about anybody")
def api_document() -> Response:
    return jsonify(document.document(str(current_app.config["PUBLIC_URL"])))
