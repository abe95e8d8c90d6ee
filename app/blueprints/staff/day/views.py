"""Somebody's own page. Looking changes nothing: mail scanners follow links, so an answer needs a button."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import (
    Response,
    after_this_request,
    current_app,
    flash,
    g,
    get_flashed_messages,
    jsonify,
    make_response,
    request,
    url_for,
)
from flask_babel import get_locale, gettext
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as BaseResponse

from app import clock, journal
from app.blueprints.staff import blueprint, passes
from app.blueprints.staff.closeout.queries import items as closeout_items
from app.blueprints.staff.day import actions, parts, queries
from app.blueprints.staff.day.feed import MEDIA_TYPE, feed
from app.blueprints.staff.incidents import queries as incidents
from app.blueprints.staff.notice.letters import locale_of
from app.blueprints.staff.rules.duty import DutyNotTold, Step
from app.extensions import db
from app.models import Duty, DutyState, Event, StaffPass
from app.web.errors import in_json, wants_json
from app.web.guards import View, public
from app.web.identity import address
from app.web.limits import public_page
from app.web.load import found
from app.web.locale import speak
from app.web.render import back_to, page
from app.web.static import asset

LINK = "/d/<string(maxlength=64):token>"
REASON_LENGTH = 200


def _private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def staff_page(view: Callable[..., Any]) -> View:
    """Hand the view the pass of the link, in the person's language; an unknown link is no page."""

    @wraps(view)
    def opened(token: str, **values: Any) -> Any:
        after_this_request(_private)
        key = found(passes.by_token(token) if token.isprintable() else None)
        g.event = key.event
        speak(locale_of(key.person, key.event))
        journal.act_as(journal.Actor(key.person.name, key.person.user_id, address()))
        answer = view(key, **values)
        if wants_json() and request.method == "POST" and make_response(answer).status_code == 303:
            # What was done is told by the page that sent it; nothing waits for the next one.
            return jsonify(state="accepted", text=" ".join(map(str, get_flashed_messages())))
        return answer

    return public("a person's own link is the key to their duties")(public_page(opened))


def _map_url(event: Event) -> str:
    """Return the planner's own link, else a map looked up by the address."""
    if event.map_url.startswith(("https://", "http://")):
        return event.map_url
    place = " ".join(dict.fromkeys(part for part in (event.venue, event.venue_address) if part))
    return f"https://uri.amap.com/search?keyword={quote(place)}&src=signing-day&callnative=1" if place else ""


def happened_at() -> datetime:
    """Return when it was done by our clock: a phone without network tells it later, with its own time."""
    sent, told = (clock.of_device(request.form.get(name)) for name in ("happened_at", "phone_now"))
    return clock.corrected(sent, told, clock.now())


def _why_not(status: int, error: str, said: dict[str, Any]) -> Response:
    """Answer a page that sent what was done: why it is not taken."""
    form = said.get("wrong_form")
    wrong = [str(each) for errors in (form.errors if form is not None else {}).values() for each in errors]
    texts = [error, str(said.get("wrong", "")), *wrong, *map(str, get_flashed_messages())]
    closed = gettext("This event is closed. Thank you for your work.") if status == 410 else ""
    text = next((each for each in texts if each), closed) or gettext("This has changed meanwhile. Please look again.")
    return in_json(status, "refused", text)


def own_page(
    key: StaffPass,
    *,
    status: int = 200,
    refusing: int = 0,
    reason: str = "",
    error: str = "",
    undone: int = 0,
    **said: Any,
) -> Any:
    """Show the page; `said` is what a part of it has to say about something that was sent."""
    if status != 200 and wants_json():
        return _why_not(status, error, said)
    closed = actions.is_closed(key.event)
    duties = [] if closed else queries.shown(key)
    return page(
        "staff/my_duties.html",
        status=status,
        key=key,
        closed=closed,
        as_of=clock.now(),
        duties=duties,
        closeout=[] if closed else closeout_items(key.event, person_id=key.person_id),
        asking=[each for each in duties if each.asks],
        incidents=[] if closed else incidents.of_person(key.event, key.person_id),
        undone=undone,
        leads=[] if closed else [each for each in queries.leads(key.event) if each[1].id != key.person_id],
        map_url=_map_url(key.event),
        refusing=refusing,
        reason=reason,
        error=error,
        parts=[] if closed else [(template, values | said) for template, values in parts.of(key)],
    )


def _duty(key: StaffPass, duty_id: int | None) -> Duty:
    return found(next((each for each in queries.duties(key) if each.id == duty_id), None))


@blueprint.get(LINK)
@staff_page
def my_duties(key: StaffPass) -> Any:
    return own_page(key)


@blueprint.post(LINK + "/answer")
@staff_page
def my_answer(key: StaffPass) -> Any:
    """Say yes to one duty or to all that ask, or no to one with the reason."""
    if actions.is_closed(key.event):
        return own_page(key, status=410)
    seen = dict(zip(request.form.getlist("duty_id", int), request.form.getlist("seen"), strict=False))
    wanted = [_duty(key, duty_id) for duty_id in seen]
    if not wanted or request.form.get("answer") not in {"acknowledge", "refuse"}:
        return own_page(key, status=422)
    step = Step(request.form["answer"])
    reason = " ".join("".join(c if c.isprintable() else " " for c in request.form.get("reason", "")).split())
    if step is Step.REFUSE and not 0 < len(reason) <= REASON_LENGTH:
        error = gettext("Please say why, so that somebody else can be found.") if not reason else gettext("Too long.")
        return own_page(key, status=422, refusing=wanted[0].id, reason=reason, error=error)
    try:
        for duty in wanted:
            actions.answer(duty, step, seen=seen[duty.id], reason=reason if step is Step.REFUSE else "")
        db.session.commit()
    except (DutyNotTold, StaleDataError):
        db.session.rollback()
        flash(gettext("This duty has changed, or nobody was told of it yet. Please look at it again."), "warning")
        return own_page(found(passes.by_token(key.token)), status=409)
    thanks = gettext("Thank you. We count on you.") if step is Step.ACKNOWLEDGE else gettext("We have noted that.")
    flash(thanks, "success")
    return back_to("staff.my_duties", token=key.token)


@blueprint.post(LINK + "/tick")
@staff_page
def my_tick(key: StaffPass) -> Any:
    """Tick one line of a duty, or take the tick away."""
    if actions.is_closed(key.event):
        return own_page(key, status=410)
    duty = _duty(key, request.form.get("duty_id", type=int))
    line = request.form.get("line", "")
    if line not in [each[:200] for each in duty.role.duty_lines]:
        return own_page(key, status=409)
    actions.tick(duty, line, done=request.form.get("done") == "1", at=happened_at())
    db.session.commit()
    return _back(key, duty)


@blueprint.get(LINK + "/hello.json")
@staff_page
def my_hello(_key: StaffPass) -> Response:
    """A fresh token: a page that was open for hours, or that the phone kept, has an old one."""
    return jsonify(token=generate_csrf())


@blueprint.get(LINK + "/worker.js")
@staff_page
def my_worker(key: StaffPass) -> Response:
    """The service worker that keeps this page alone, so that it opens without network."""
    page_url = url_for("staff.my_duties", token=key.token)
    kept = [asset(f"css/{name}.css") for name in ("tokens", "public", "staffday", "fonts")]
    kept += [asset(f"js/{name}.js") for name in ("early", "forms", "copy", "fonts", "my_page")]
    kept += [url_for("static", filename=f"js/{name}.js") for name in ("phone_store", "phone_picture")]
    kept += [asset("vendor/icons.svg"), asset("brand/favicon.svg")]
    told = {"page": page_url, "files": kept, "static": url_for("static", filename="")}
    script = (Path(str(current_app.static_folder)) / "js" / "phone_worker.js").read_text("utf-8")
    answer = Response(f"const TOLD = {json.dumps(told)};\n{script}", content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = page_url
    return answer


def _back(key: StaffPass, duty: Duty) -> BaseResponse:
    return back_to("staff.my_duties", token=key.token, _anchor=f"d{duty.id}")


@blueprint.get(LINK + ".ics")
@staff_page
def my_calendar(key: StaffPass) -> Any:
    """The duties that the person was told and has not refused; of a closed event none."""
    rows = [] if actions.is_closed(key.event) else queries.duties(key)
    kept = [each for each in rows if each.told_at and each.state is not DutyState.REFUSED]
    response = Response(feed(key, kept, str(get_locale())))
    response.headers["Content-Type"] = MEDIA_TYPE
    response.headers.set("Content-Disposition", "inline", filename=f"{key.event.slug}.ics")
    return response
