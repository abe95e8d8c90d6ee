"""The PDFs of the programme. They open in the browser."""

from flask import Response, request

from app import texts
from app.blueprints.programme import blueprint, queries
from app.blueprints.programme.loading import P
from app.blueprints.programme.printing import document
from app.models import Event
from app.web.guards import requires
from app.web.load import the_event


def _language(event: Event) -> str:
    """The language of the paper: the event's unless the address says another."""
    return texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))


def _answer(content: bytes, name: str) -> Response:
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer


@blueprint.get("/events/<slug>/programme/print/run-sheet.pdf")
@requires(P.VIEW_PROGRAMME)
def print_run_sheet(slug: str) -> Response:
    event = the_event(slug)
    return _answer(document.run_sheet_pdf(event, queries.run_sheet(event), _language(event)), f"run-sheet-{slug}")


@blueprint.get("/events/<slug>/programme/print/programme.pdf")
@requires(P.VIEW_PROGRAMME)
def print_programme(slug: str) -> Response:
    event = the_event(slug)
    return _answer(document.programme_pdf(event, queries.public_sessions(event), _language(event)), f"programme-{slug}")


@blueprint.get("/events/<slug>/programme/print/cards.pdf")
@requires(P.VIEW_PROGRAMME)
def print_front_cards(slug: str) -> Response:
    """Cards of whoever sits on the rostrum and comes."""
    event = the_event(slug)
    people = [each for each in queries.front(event) if each.rostrum_order and not queries.stays_away(each)]
    return _answer(document.cards_pdf(event, people, _language(event)), f"name-cards-{slug}")
