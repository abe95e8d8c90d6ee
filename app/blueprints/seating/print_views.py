"""The PDFs of hall and tables. They open in the browser."""

from flask import Response, flash, request
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from app import jobs, texts
from app.access import Permission
from app.blueprints.seating import blueprint, document, papers, queries
from app.blueprints.seating.situation import Situation
from app.extensions import db
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to

P = Permission


def _now(slug: str) -> tuple[Situation, str]:
    """The seating, and the language of the paper: the event's unless the address says another."""
    event = the_event(slug)
    now = queries.situation(event)
    if now.plan is None:
        raise NotFound
    return now, texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))


def _paper(slug: str, paper: str) -> bytes:
    now, language = _now(slug)
    return papers.at_once(now, paper, language)


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
    return _answer(_paper(slug, "cards"), f"table-cards-{slug}")


@blueprint.get("/events/<slug>/seating/print/signs.pdf")
@requires(P.VIEW_SEATING)
def print_signs(slug: str) -> Response:
    return _answer(_paper(slug, "signs"), f"table-signs-{slug}")


@blueprint.get("/events/<slug>/seating/print/chart-by-<any(name, table):by>.pdf")
@requires(P.VIEW_SEATING)
def print_chart(slug: str, by: str) -> Response:
    return _answer(_paper(slug, by), f"seating-by-{by}-{slug}")


@blueprint.post("/events/<slug>/seating/print/<any(cards, name, table):paper>")
@requires(P.VIEW_SEATING)
def print_job(slug: str, paper: str) -> BaseResponse:
    """Leave a paper of many people to the worker; the job tray has it when it is done."""
    now, language = _now(slug)
    told = {"paper": paper, "language": language}
    jobs.start(papers.KIND, event_id=now.event.id, arguments=told, by_id=me().id, total=len(now.valid))
    db.session.commit()
    flash(gettext("It is being drawn. You find it among your jobs."), "success")
    return back_to("seating.index", slug=slug)
