"""The PDFs of hall and tables. They open in the browser."""

from flask import Response, request
from werkzeug.exceptions import NotFound

from app import texts
from app.access import Permission
from app.blueprints.seating import blueprint, document, queries
from app.blueprints.seating.situation import Situation
from app.web.guards import requires
from app.web.load import the_event

P = Permission


def _now(slug: str) -> tuple[Situation, str]:
    """The seating, and the language of the paper: the event's unless the address says another."""
    event = the_event(slug)
    now = queries.situation(event)
    if now.plan is None:
        raise NotFound
    return now, texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))


def _answer(content: bytes, name: str) -> Response:
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer


@blueprint.get("/events/<slug>/seating/print/hall.pdf")
@requires(P.VIEW_SEATING)
def print_hall(slug: str) -> Response:
    return _answer(document.hall_pdf(*_now(slug)), f"hall-{slug}")


@blueprint.get("/events/<slug>/seating/print/cards.pdf")
@requires(P.VIEW_SEATING)
def print_cards(slug: str) -> Response:
    return _answer(document.cards_pdf(*_now(slug)), f"table-cards-{slug}")


@blueprint.get("/events/<slug>/seating/print/signs.pdf")
@requires(P.VIEW_SEATING)
def print_signs(slug: str) -> Response:
    return _answer(document.signs_pdf(*_now(slug)), f"table-signs-{slug}")


@blueprint.get("/events/<slug>/seating/print/chart-by-<any(name, table):by>.pdf")
@requires(P.VIEW_SEATING)
def print_chart(slug: str, by: str) -> Response:
    now, language = _now(slug)
    return _answer(document.chart_pdf(now, by, language), f"seating-by-{by}-{slug}")
