"""The board: of the house, and the public one that hides names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app import clock, links
from app.access import Permission
from app.blueprints.territories import blueprint
from app.blueprints.territories import queries as territories
from app.blueprints.territories.board import actions, queries
from app.blueprints.territories.board.queries import Board
from app.extensions import db
from app.models import Event, EventStatus, OfferState, ProductLine, SalesChannel, TerritoryOffer
from app.web.guards import public, requires
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.render import back_to, page
from app.web.words import word

P = Permission
_STATES = tuple(OfferState)


@dataclass(frozen=True)
class Chosen:
    """What the board is narrowed to: a product line, a channel, a state; what there is to choose from."""

    lines: Sequence[ProductLine]
    channels: Sequence[SalesChannel]
    line_id: int | None
    channel_id: int | None
    state: OfferState | None
    offers: Sequence[TerritoryOffer]

    def args(self, where: Mapping[str, Any] | None = None, **other: Any) -> dict[str, Any]:
        """Return the query string of the same choice with something else in it; `where` names the page."""
        given = {"line": self.line_id, "channel": self.channel_id, "state": self.state, **(where or {}), **other}
        return {name: value for name, value in given.items() if value is not None}


def chosen(event: Event) -> Chosen:
    """Read the address; a product line is always chosen, since a region has one cell for each."""
    offers = queries.offers(event)
    lines = list({each.line_id: each.line for each in offers}.values())
    lines.sort(key=lambda line: (line.position, line.id))
    channels = list({each.channel.id: each.channel for each in offers if each.channel is not None}.values())
    line_id = _one_of("line", [line.id for line in lines]) or (lines[0].id if lines else None)
    channel_id = _one_of("channel", [channel.id for channel in channels])
    wanted = request.args.get("state", "")
    state = OfferState(wanted) if wanted in [each.value for each in _STATES] else None
    fitting = [
        each
        for each in offers
        if each.line_id == line_id and (channel_id is None or each.channel_id in {None, channel_id})
    ]
    return Chosen(lines, channels, line_id, channel_id, state, fitting)


def _one_of(name: str, ids: Sequence[int]) -> int | None:
    value = request.args.get(name, "")
    return int(value) if value in {str(each) for each in ids} else None


def _context(event: Event, now: datetime) -> dict[str, Any]:
    choice = chosen(event)
    board = queries.board(event, choice.offers, now)
    return {"event": event, "choice": choice, "board": board, "states": _states(board, choice), "now": now}


def _states(board: Board, choice: Chosen) -> list[dict[str, Any]]:
    """The chips of the states, with what they count."""
    return [
        {"state": each, "word": word(each), "count": board.counts[each], "on": choice.state is each} for each in _STATES
    ]


@blueprint.get("/events/<slug>/territories/")
@requires(P.VIEW_TERRITORIES)
def index(slug: str) -> Any:
    """The scarcity board of an event, and what of it is one's own."""
    event = the_event(slug)
    now = clock.now()
    return page("territories/board.html", holds=queries.my_holds(event, own_rep_id(), now), **_rights(event, now))


@blueprint.get("/events/<slug>/territories/live")
@requires(P.VIEW_TERRITORIES)
def board_live(slug: str) -> Any:
    event = the_event(slug)
    return _fresh(page("territories/_board.html", **_rights(event, clock.now())))


def _rights(event: Event, now: datetime) -> dict[str, Any]:
    own = own_rep_id()
    token = territories.settings_of(event.id).board_token if me().can(P.EDIT_TERRITORIES) else None
    return {
        **_context(event, now),
        "is_public": False,
        "sees": lambda grant: own is None or grant.held_by_id == own,
        "edits": me().can(P.EDIT_TERRITORIES),
        "may_hold": me().can(P.HOLD_TERRITORIES) and event.status in {EventStatus.OPEN, EventStatus.RUNNING},
        "public_url": links.public(url_for("territories.screen", token=token)) if token else None,
    }


def _fresh(response: Response) -> BaseResponse:
    """Let the browser ask whether anything has changed instead of sending the same again."""
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post("/events/<slug>/territories/publish")
@requires(P.EDIT_TERRITORIES)
def publish(slug: str) -> BaseResponse:
    """Make the public address, a new one when there is one already, or take it away."""
    event = the_event(slug)
    if request.form.get("off") == "1":
        actions.unpublish(event)
    else:
        actions.publish(event)
    db.session.commit()
    return back_to("territories.offers", slug=slug)


def _public_event(token: str) -> Event:
    if not token.isascii() or not token.isprintable() or len(token) > 60:
        abort(404)
    event = found(queries.event_of_board(token))
    if event.status is EventStatus.ARCHIVED:
        abort(410)
    g.event = event
    return event


@blueprint.get("/board/<token>")
@public("the screen in the hall shows what is free; the address cannot be guessed and no names are on it")
def screen(token: str) -> Any:
    event = _public_event(token)
    live = url_for("territories.screen_live", token=token, **chosen(event).args())
    response = page("territories/screen.html", live=live, token=token, is_public=True, **_context(event, clock.now()))
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/board/<token>/live")
@public("the part of the screen in the hall that is fetched again")
def screen_live(token: str) -> Any:
    event = _public_event(token)
    return _fresh(page("territories/_screen.html", token=token, is_public=True, **_context(event, clock.now())))
