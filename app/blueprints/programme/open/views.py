"""The programme that guests read, as a page, a PDF and a calendar; and the planner's door to it."""

from typing import Any

from flask import Response, flash, g, request
from flask_babel import gettext as _

from app import clock, texts
from app.blueprints.programme import blueprint, queries
from app.blueprints.programme.loading import P
from app.blueprints.programme.open import actions, feed
from app.blueprints.programme.printing import document
from app.extensions import db
from app.models import Event
from app.web.guards import public, requires
from app.web.limits import public_page
from app.web.load import found, the_event
from app.web.locale import language
from app.web.render import back_to, page

_WHY = "guests cannot sign in; the address cannot be guessed, shows no names of guests, and can be taken back"


def _the_programme(token: str) -> Event:
    event = found(queries.by_token(token) if token.isprintable() else None)
    g.event = event  # times are told in its zone
    return event


def _language() -> str:
    return texts.known(request.args.get("language"), language())


@blueprint.get("/p/<string(maxlength=64):token>")
@public(_WHY)
@public_page
def open_programme(token: str) -> Any:
    event = _the_programme(token)
    days: dict[Any, list[Any]] = {}
    for each in queries.public_sessions(event):
        days.setdefault(clock.local(each.starts_at, event.time_zone).date(), []).append(each)
    answer = page(
        "programme/public.html", event=event, zone=event.time_zone, days=days, token=token, locale_now=language()
    )
    return _private(answer)


@blueprint.get("/p/<string(maxlength=64):token>.ics")
@public(_WHY)
@public_page
def open_calendar(token: str) -> Response:
    event = _the_programme(token)
    content = feed.calendar(event, queries.public_sessions(event), _language())
    return _answer(content, feed.MEDIA_TYPE, "programme.ics")


@blueprint.get("/p/<string(maxlength=64):token>.pdf")
@public(_WHY)
@public_page
def open_pdf(token: str) -> Response:
    event = _the_programme(token)
    content = document.programme_pdf(event, queries.public_sessions(event), _language())
    return _answer(content, "application/pdf", "programme.pdf")


def _answer(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers.set("Content-Disposition", "inline", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return _private(answer)


def _private(answer: Response) -> Response:
    """Keep the address to those who were given it."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


@blueprint.post("/events/<slug>/programme/open")
@requires(P.EDIT_PROGRAMME)
def open_to_guests(slug: str) -> Any:
    actions.open_page(the_event(slug))
    db.session.commit()
    flash(_("Guests can read the programme under this address. An earlier one answers no more."), "success")
    return back_to("programme.index", slug=slug)


@blueprint.post("/events/<slug>/programme/close")
@requires(P.EDIT_PROGRAMME)
def close_to_guests(slug: str) -> Any:
    actions.close_page(the_event(slug))
    db.session.commit()
    flash(_("The address answers no more."), "success")
    return back_to("programme.index", slug=slug)
