"""The report to take away: all figures as a workbook, and the document for the director."""

from typing import Any

from flask import Response, current_app, request

from app.access import Permission
from app.blueprints.report import blueprint, gather
from app.blueprints.report.document import LANGUAGES, document
from app.blueprints.report.workbook import workbook
from app.web.guards import requires
from app.web.load import the_event
from app.web.locale import language as page_language

P = Permission
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(content: bytes, kind: str, name: str, how: str) -> Response:
    answer = Response(content, content_type=kind)
    answer.headers.set("Content-Disposition", how, filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/events/<slug>/report/report.xlsx")
@requires(P.VIEW_REPORT)
def export(slug: str) -> Any:
    event = the_event(slug)
    return _file(workbook(gather.report(event)), XLSX, f"report-{slug}.xlsx", "attachment")


@blueprint.get("/events/<slug>/report/report.pdf")
@requires(P.VIEW_REPORT)
def pdf(slug: str) -> Any:
    """会后总结, in the page's language or the one asked for."""
    event = the_event(slug)
    language = request.args.get("language", "")
    language = language if language in LANGUAGES else page_language()
    content = document(gather.report(event), language, folder=current_app.config["SIGNING_DAY_HOME"])
    return _file(content, "application/pdf", f"report-{slug}-{language}.pdf", "inline")
