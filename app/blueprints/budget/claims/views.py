"""Addresses of the claim form."""

from typing import Any

from flask import Response, request
from flask_babel import get_locale

from app import links
from app.access import Permission
from app.blueprints.budget import blueprint
from app.blueprints.budget.advances import queries as advances
from app.blueprints.budget.claims import document
from app.blueprints.budget.claims.document import Sheet
from app.blueprints.budget.expenses import queries
from app.blueprints.budget.expenses.views import MAY_SEE, own_id, the_expense
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event

P = Permission


@blueprint.get("/events/<slug>/budget/expenses/<int:expense_id>/claim.pdf")
@requires(*MAY_SEE)
def claim_form(slug: str, expense_id: int) -> Any:
    event, row = the_expense(slug, expense_id)
    url = links.public(f"/events/{slug}/budget/expenses/{expense_id}")
    return _pdf(document.of_claims(event, [row], url=url, printed_by=me().name))


@blueprint.post("/events/<slug>/budget/claims.pdf")
@requires(*MAY_SEE)
def claim_forms(slug: str) -> Any:
    """One form for the chosen claims of one person."""
    event = the_event(slug)
    rows = queries.some(event, request.form.getlist("ids", type=int), own_id())
    if not rows:
        raise document.OnePersonsClaims
    url = links.public(f"/events/{slug}/budget/expenses?kind=claim")
    return _pdf(document.of_claims(event, rows, url=url, printed_by=me().name))


@blueprint.get("/events/<slug>/budget/advances/<int:advance_id>/claim.pdf")
@requires(*MAY_SEE)
def advance_form(slug: str, advance_id: int) -> Any:
    event = the_event(slug)
    row = found(advances.advance(event, advance_id, own_id()))
    url = links.public(f"/events/{slug}/budget/advances/{advance_id}")
    return _pdf(document.of_advance(event, row, url=url, printed_by=me().name))


def _pdf(sheet: Sheet) -> Response:
    answer = Response(document.claim_form(sheet, language=str(get_locale())), content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"claim-{sheet.number}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
