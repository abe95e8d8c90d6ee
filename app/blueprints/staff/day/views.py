"""Somebody's own page. Looking changes nothing: mail scanners follow links, so an answer needs a button."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from flask import Response, after_this_request, flash, g, request
from flask_babel import get_locale, gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as BaseResponse

from app import journal
from app.blueprints.staff import blueprint, passes
from app.blueprints.staff.closeout.queries import items as closeout_items
from app.blueprints.staff.day import actions, parts, queries
from app.blueprints.staff.day.feed import MEDIA_TYPE, feed
from app.blueprints.staff.incidents import queries as incidents
from app.blueprints.staff.notice.letters import locale_of
from app.blueprints.staff.rules.duty import DutyNotTold, Step
from app.extensions import db
from app.models import Duty, DutyState, Event, StaffPass
from app.web.guards import View, public
from app.web.identity import address
from app.web.limits import public_page
from app.web.load import found
from app.web.locale import speak
from app.web.render import back_to, page

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
        return view(key, **values)

    return public("a person's own link is the key to their duties")(public_page(opened))


def _map_url(event: Event) -> str:
    """Return the planner's own link, else a map looked up by the address."""
    if event.map_url.startswith(("https://", "http://")):
        return event.map_url
    place = " ".join(dict.fromkeys(part for part in (event.venue, event.venue_address) if part))
    return f"https://uri.amap.com/search?keyword={quote(place)}&src=signing-day&callnative=1" if place else ""


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
    closed = actions.is_closed(key.event)
    duties = [] if closed else queries.shown(key)
    return page(
        "staff/my_duties.html",
        status=status,
        key=key,
        closed=closed,
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
    actions.tick(duty, line, done=request.form.get("done") == "1")
    db.session.commit()
    return _back(key, duty)


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
