"""Taking the budget away: a short one at once, a long one is written by the worker."""

from typing import Any

from flask import Response, flash
from flask_babel import get_locale
from flask_babel import gettext as _

from app import extensions
from app.access import Permission
from app.blueprints.budget import blueprint, jobs, queries
from app.blueprints.budget.workbook import XLSX, workbook
from app.extensions import db
from app.jobs import start
from app.web.guards import requires
from app.web.identity import me
from app.web.load import the_event
from app.web.render import back_to

P = Permission


@blueprint.get("/events/<slug>/budget/export")
@requires(P.EXPORT_LISTS, P.BOOK_INVOICES)
def export(slug: str) -> Any:
    """Hand the workbook over, or say that the job tray will have it."""
    event = the_event(slug)
    if queries.number_of_expenses(event) > jobs.AT_ONCE:
        return _by_worker(slug)
    answer = Response(workbook(event), content_type=XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"budget-{slug}.xlsx")
    return answer


def _by_worker(slug: str) -> Any:
    by_id, locale = me().id, str(get_locale() or "zh_CN")
    db.session.rollback()
    extensions.expect_writing()
    event = the_event(slug)
    total = queries.number_of_expenses(event)
    start(jobs.KIND, event_id=event.id, arguments={"locale": locale}, by_id=by_id, total=total)
    db.session.commit()
    flash(_("So long a budget is written in the background. The job tray has it when it is ready."), "info")
    return back_to("budget.index", slug=slug)
