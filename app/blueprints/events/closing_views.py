"""Closing an event: what stands in the way, waiving it with a reason, or closing all the same with one."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.events import actions, blueprint, hindrances, queries
from app.blueprints.events.rules.head_count import EXPECTED
from app.blueprints.events.rules.status import UNDER_WAY, StatusChangeNotAllowed
from app.extensions import db
from app.models import ClosingWaiver, Event, EventStatus
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.locale import number
from app.web.nav import door
from app.web.render import back_to, page

P = Permission


def _groups(event: Event) -> list[dict[str, Any]]:
    """What stands in the way, as the page draws it: each line with the door to its mend."""
    return [
        {
            "key": source.key,
            "title": gettext(source.title),
            "act": gettext(source.act),
            "is_waivable": source.is_waivable,
            "rows": [
                {
                    "ref": row.ref,
                    "text": gettext(source.sentence)
                    % {"about": row.about, "num": number(row.number), "of": number(row.of)},
                    "url": door(row.endpoint, **row.values) if row.endpoint else "",
                }
                for row in rows
            ],
        }
        for source, rows in hindrances.of_event(event)
    ]


def _close_page(event: Event, *, status: int = 200, **context: Any) -> Any:
    groups = _groups(event)
    return page(
        "events/close.html",
        status=status,
        groups=groups,
        count=sum(len(each["rows"]) for each in groups),
        waivers=hindrances.waivers(event),
        no_shows=queries.head_count(event).where(EXPECTED).guests,
        **{"error": "", "wrong": None, "typed": "", **context},
    )


@blueprint.route("/<slug>/close", methods=["GET", "POST"])
@requires(P.EDIT_EVENTS)
def close(slug: str) -> Any:
    """Show what stands in the way of closing; close when nothing does, or when a reason is written."""
    event = the_event(slug)
    if event.status not in UNDER_WAY:
        if request.method == "POST":
            raise StatusChangeNotAllowed
        return back_to("events.overview", slug=slug)
    if request.method == "GET":
        return _close_page(event)
    why = request.form.get("why", "")
    try:
        actions.take_step(event, EventStatus.CLOSED, despite=why)
    except hindrances.EventNotClearedUp:
        db.session.rollback()
        error = gettext("Please say why it is closed all the same.") if "why" in request.form else ""
        return _close_page(the_event(slug), status=422, error=error, typed=why)
    db.session.commit()
    said: dict[str, Any] = {"text": gettext("The event is closed."), "undo_url": ""}
    said["undo_url"] = url_for("events.status", slug=slug, to=EventStatus.RUNNING.value)
    flash(said, "success")  # type: ignore[arg-type]  # our flashes may offer Undo
    return back_to("events.overview", slug=slug)


@blueprint.post("/<slug>/close/waive")
@requires(P.EDIT_EVENTS)
def close_waive(slug: str) -> Any:
    """Let one thing pass, with the reason."""
    event = the_event(slug)
    key, ref, why = request.form.get("source", ""), request.form.get("ref", type=int) or 0, request.form.get("why", "")
    try:
        waiver = hindrances.waive(event, key, ref, why, by_id=me().id)
    except hindrances.ReasonMissing:
        db.session.rollback()
        error = gettext("Please say why.")
        return _close_page(the_event(slug), status=422, wrong=(key, ref), error=error)
    db.session.commit()
    flash(gettext("Waived: %(about)s.", about=waiver.about), "success")
    return back_to("events.close", slug=slug)


@blueprint.post("/<slug>/close/waivers/<int:waiver_id>/take-back")
@requires(P.EDIT_EVENTS)
def close_unwaive(slug: str, waiver_id: int) -> BaseResponse:
    event = the_event(slug)
    waiver: ClosingWaiver = found(next((each for each in hindrances.waivers(event) if each.id == waiver_id), None))
    hindrances.take_back(event, waiver)
    db.session.commit()
    flash(gettext("It stands in the way again."), "info")
    return back_to("events.close", slug=slug)
