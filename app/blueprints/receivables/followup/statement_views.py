"""The statement of account of a dealer, as page and PDF, and the reminder letter."""

from typing import Any

from flask import Response, request
from flask_babel import get_locale

from app.blueprints.receivables import blueprint
from app.blueprints.receivables.adjusting import queries as adjusting
from app.blueprints.receivables.followup import statement as accounts
from app.blueprints.receivables.loading import MAY_SEE, own_id, the_dealer, the_receivable, today
from app.texts import known
from app.web.guards import requires
from app.web.render import page


@blueprint.get("/payments/dealers/<int:dealer_id>/statement")
@requires(*MAY_SEE)
def statement(dealer_id: int) -> Any:
    dealer = the_dealer(dealer_id)
    found = accounts.accounts(dealer, own_id())
    return page("receivables/statement.html", dealer=dealer, accounts=found, today=today())


@blueprint.get("/payments/dealers/<int:dealer_id>/statement.pdf")
@requires(*MAY_SEE)
def statement_pdf(dealer_id: int) -> Any:
    dealer = the_dealer(dealer_id)
    found = accounts.accounts(dealer, own_id())
    content = accounts.statement_pdf(dealer, found, today(), language=str(get_locale()))
    return answered(content, f"statement-{dealer_id}.pdf")


@blueprint.get("/payments/<int:receivable_id>/letter.pdf")
@requires(*MAY_SEE)
def letter(receivable_id: int) -> Any:
    """The reminder letter, in the dealer's language or in the one asked for."""
    row, day = the_receivable(receivable_id), today()
    own = row.dealer.locale or (row.event.language if row.event else "zh_CN")
    language = known(request.args.get("language"), known(own, "zh_CN"))
    late, terms = adjusting.late_interest(row, day), adjusting.terms_of(row.event)
    return answered(accounts.letter_pdf(row, day, late, terms, language=language), f"reminder-{receivable_id}.pdf")


def answered(content: bytes, name: str) -> Response:
    """Answer with a PDF to be shown and not kept by anything between."""
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
