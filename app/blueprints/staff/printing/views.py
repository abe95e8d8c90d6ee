"""The page that asks what to print, and the PDFs. They open in the browser."""

from typing import Any

from flask import Response, request
from werkzeug.exceptions import NotFound

from app import texts
from app.access import Permission
from app.blueprints.staff import blueprint, passes, queries
from app.blueprints.staff.actions import check_changeable
from app.blueprints.staff.printing import document
from app.blueprints.staff.printing.document import Paper
from app.extensions import db
from app.models import Event
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import page

P = Permission


def _language(event: Event) -> str:
    return texts.known(request.values.get("language"), texts.known(event.language, "zh_CN"))


def pdf_answer(content: bytes, name: str) -> Response:
    """Answer with a PDF that opens in the browser."""
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return answer


@blueprint.get("/events/<slug>/staff/print")
@requires(P.EDIT_STAFF)
def print_page(slug: str) -> Any:
    event = the_event(slug)
    return page("staff/print_page.html", language=_language(event))


@blueprint.get("/events/<slug>/staff/print/<paper>.pdf")
@requires(P.EDIT_STAFF)
def print_list(slug: str, paper: str) -> Any:
    event = the_event(slug)
    if paper not in list(Paper):
        raise NotFound
    size = "A3" if request.args.get("size") == "A3" else "A4"
    content = document.list_pdf(queries.plan(event), Paper(paper), _language(event), size=size)
    return pdf_answer(content, f"{paper}-{slug}")


@blueprint.post("/events/<slug>/staff/print/cards.pdf")
@requires(P.EDIT_STAFF)
def print_cards(slug: str) -> Any:
    """Pocket cards. Whoever has no link yet gets one, so this is no GET."""
    event = the_event(slug)
    check_changeable(event)
    plan = queries.plan(event)
    keys = passes.ensure(event, plan.people)
    db.session.commit()
    return pdf_answer(document.cards_pdf(plan, keys, _language(event)), f"cards-{slug}")
