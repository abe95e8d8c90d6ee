"""Taking the register away as it is shown: a workbook, or printed."""

from typing import Any

from flask import Response, flash, redirect, request
from flask_babel import force_locale, get_locale, gettext
from werkzeug.wrappers import Response as BaseResponse

from app import extensions, texts
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.register.opened import limit
from app.blueprints.contracts.register.printing import jobs
from app.blueprints.contracts.register.printing.document import register_pdf
from app.blueprints.contracts.register.rules.wanted import FIELDS
from app.blueprints.contracts.register.table import Register, rows_of
from app.blueprints.contracts.register.words import ASKED
from app.extensions import db
from app.jobs import start
from app.models import ContractKind, ContractState
from app.web.guards import requires
from app.web.identity import me
from app.web.words import word

P = Permission


def query_of_request() -> list[list[str]]:
    """What the address asks for, as a job keeps it."""
    left_out = {"page", "format", "language"}
    return [[name, value] for name in request.args if name not in left_out for value in request.args.getlist(name)]


def export_by_worker(table: Register, total: int) -> BaseResponse:
    """Let the worker write the workbook, and send the person back to the list."""
    arguments = {
        "query": query_of_request(),
        "columns": [each.key for each in table.columns if each.visible],
        "only_of": limit(),
        "locale": str(get_locale() or "zh_CN"),
    }
    return _started(jobs.EXPORT, arguments, total)


def _started(kind: str, arguments: dict[str, Any], total: int) -> BaseResponse:
    back = "/contracts/" + (f"?{request.query_string.decode()}" if request.query_string else "")
    by_id = me().id
    db.session.rollback()
    extensions.expect_writing()
    start(kind, event_id=None, arguments=arguments, by_id=by_id, total=total)
    db.session.commit()
    flash(gettext("So long a list is written in the background. The job tray has it when it is ready."), "info")
    return redirect(back.replace("format=xlsx", "").replace("format=csv", "").rstrip("?&"), 303)


def said(language: str) -> list[str]:
    """Return what was searched for, in words, for the head of the printed list."""
    with force_locale(language):
        lines = [f"{ASKED[name]}: {value}" for name in ("q", *FIELDS) if (value := request.args.get(name, ""))]
        for name, kind in (("state", ContractState), ("kind", ContractKind)):
            known = [each for each in kind if each.value in request.args.getlist(name)]
            if known:
                lines.append(f"{ASKED[name]}: " + gettext(", ").join(str(word(each).text) for each in known))
        return lines


@blueprint.get("/contracts/register.pdf")
@requires(P.EXPORT_LISTS)
def register_print() -> Any:
    language = texts.known(request.args.get("language"), str(get_locale() or "zh_CN"))
    table = jobs.listed(query_of_request(), limit())
    total = table.count()
    if total > jobs.MOST_PRINTED:
        flash(
            gettext("More than %(num)s rows are too much paper. Narrow the list down.", num=jobs.MOST_PRINTED),
            "warning",
        )
        return redirect("/contracts/", 303)
    if total > jobs.PRINT_AT_ONCE:
        arguments = {"query": query_of_request(), "only_of": limit(), "language": language, "said": said(language)}
        return _started(jobs.PRINT, arguments, total)
    content = register_pdf(rows_of(table.ids(total or 1)), said(language), language, me().name)
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename="register.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
