"""The plan as a PDF that opens in the browser."""

from typing import Any

from flask import Response, request

from app import texts
from app.blueprints.plan import blueprint
from app.blueprints.plan.loading import P, the_document, wanted
from app.blueprints.plan.printing.document import plan_pdf
from app.blueprints.plan.rules import marks
from app.web.guards import requires
from app.web.load import the_event


@blueprint.get("/events/<slug>/plan/plan.pdf")
@requires(P.VIEW_PLAN)
def print_plan(slug: str) -> Any:
    """The revision of the address, in its language (of the frame, the figures and the tables)."""
    event = the_event(slug)
    document = the_document(event)
    revision = wanted(document)
    language = texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))
    answer = Response(plan_pdf(event, document, revision, language), content_type="application/pdf")
    name = f"{document.number or slug}-{marks.mark(revision.place)}.pdf"
    answer.headers.set("Content-Disposition", "inline", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
