"""The wall's controls in the console, and its screen in the hall."""

from typing import Any

from flask import Response, after_this_request, flash, g, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app import links
from app.access import Permission
from app.blueprints.signing import blueprint
from app.blueprints.signing.rules.wall import band
from app.blueprints.signing.wall import actions, queries
from app.blueprints.signing.wall.forms import WallForm
from app.extensions import db
from app.models import Event, Wall, WallEntry
from app.web.guards import public, requires
from app.web.identity import me
from app.web.limits import public_page
from app.web.load import found, the_event
from app.web.locale import speak
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/wall")
@requires(P.RUN_WALL)
def wall(slug: str) -> Any:
    event = the_event(slug)
    set_up = queries.wall_of(event)
    settings = set_up or Wall(
        event_id=event.id, token="", after_deposit=False, shows_sums=False, shows_bands=True, releases_itself=False
    )
    return page(
        "signing/wall.html",
        event=event,
        form=WallForm(obj=settings, formdata=None),
        lines=queries.lines(event, settings),
        figures=queries.figures(event),
        screen=links.public(url_for("signing.screen", token=set_up.token)) if set_up else "",
        winner=queries.last_winner(event),
    )


@blueprint.post("/events/<slug>/wall")
@requires(P.RUN_WALL)
def wall_set_up(slug: str) -> BaseResponse:
    actions.set_up(the_event(slug), WallForm().settings())
    db.session.commit()
    flash(gettext("The wall is set."), "success")
    return back_to("signing.wall", slug=slug)


@blueprint.post("/events/<slug>/wall/link")
@requires(P.RUN_WALL)
def wall_link(slug: str) -> BaseResponse:
    actions.new_link(the_event(slug))
    db.session.commit()
    flash(gettext("The screen has a new link. The old one shows nothing any more."), "success")
    return back_to("signing.wall", slug=slug)


def _entry(event: Event, contract_id: int) -> WallEntry:
    return found(queries.entry(event, contract_id))


@blueprint.post("/events/<slug>/wall/<int:contract_id>/up")
@requires(P.RUN_WALL)
def wall_up(slug: str, contract_id: int) -> BaseResponse:
    actions.release(_entry(the_event(slug), contract_id), me().user)
    db.session.commit()
    return back_to("signing.wall", slug=slug)


@blueprint.post("/events/<slug>/wall/<int:contract_id>/down")
@requires(P.RUN_WALL)
def wall_down(slug: str, contract_id: int) -> BaseResponse:
    entry = _entry(the_event(slug), contract_id)
    actions.withdraw(entry)
    db.session.commit()
    undo = url_for("signing.wall_up", slug=slug, contract_id=contract_id)
    flash({"text": gettext("Taken down from the screen."), "undo_url": undo}, "info")  # type: ignore[arg-type]  # offers Undo
    return back_to("signing.wall", slug=slug)


@blueprint.post("/events/<slug>/wall/<int:contract_id>/deposit")
@requires(P.RUN_WALL)
def wall_deposit(slug: str, contract_id: int) -> BaseResponse:
    actions.see_deposit(_entry(the_event(slug), contract_id), me().user)
    db.session.commit()
    return back_to("signing.wall", slug=slug)


@blueprint.post("/events/<slug>/wall/draw")
@requires(P.RUN_WALL)
def wall_draw(slug: str) -> BaseResponse:
    winner = actions.draw(the_event(slug))
    db.session.commit()
    flash(gettext("The draw has found %(name)s.", name=winner.name), "success")
    return back_to("signing.wall", slug=slug)


@blueprint.get("/wall/<string(maxlength=64):token>")
@public("the hall's computer has no account; the link is the key, and what it shows every guest may see")
@public_page
def screen(token: str) -> Any:
    """The screen in the hall. It looks for news every few seconds and says so when it cannot."""
    set_up, event = found(queries.wall_by_token(token) if token.isprintable() else None)
    g.event = event
    speak(event.language)
    after_this_request(_private)
    response = page(
        "signing/screen.html",
        fragment="signing/_screen.html",
        event=event,
        token=token,
        wall=set_up,
        entries=queries.shown(event, set_up),
        most=queries.SHOWN,
        figures=queries.figures(event),
        winner=queries.last_winner(event),
        band=band,
    )
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


def _private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
