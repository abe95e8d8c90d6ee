"""The whole document as it would read, on the screen and as PDF, with a real dealer or with examples."""

from flask import Response, make_response, render_template, request

from app import pdf
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.document import print as drawing
from app.blueprints.contracts.document.rules import filling
from app.blueprints.contracts.templates import queries
from app.blueprints.contracts.templates.preview import sample
from app.blueprints.contracts.templates.views import ONE, the_version
from app.errors import SigningDayError
from app.models import TemplateVersion
from app.web.errors import sentence
from app.web.guards import requires
from app.web.headers import csp
from app.web.render import page
from app.web.static import asset

P = Permission
_SHEETS = ("css/tokens.css", "print/contract.css", "css/contract_page.css")


@blueprint.get(ONE + "preview")
@requires(P.EDIT_CONTRACT_TEMPLATES, P.APPROVE_CONTRACT_TEMPLATES)
def template_preview(key: str, number: int) -> Response:
    version = the_version(key, number)
    dealers = queries.dealers()
    chosen = queries.dealer(request.args.get("dealer", type=int))
    return page("contracts/templates/preview.html", version=version, dealers=dealers, chosen=chosen)


@blueprint.get(ONE + "document")
@requires(P.EDIT_CONTRACT_TEMPLATES, P.APPROVE_CONTRACT_TEMPLATES)
def template_document(key: str, number: int) -> Response:
    """The document for the frame of the preview."""
    version = the_version(key, number)
    try:
        html = _html(version, tuple(asset(sheet) for sheet in _SHEETS))
    except SigningDayError as error:
        html = render_template("contracts/templates/clause_preview.html", faults=[sentence(error)], article=())
    response = make_response(html)
    response.headers["Content-Security-Policy"] = csp(frame_ancestors="'self'")
    return response


@blueprint.get(ONE + "preview.pdf")
@requires(P.EDIT_CONTRACT_TEMPLATES, P.APPROVE_CONTRACT_TEMPLATES)
def template_pdf(key: str, number: int) -> Response:
    """The same as PDF: without a number, and saying on each page that it is a draft."""
    version = the_version(key, number)
    response = make_response(pdf.render_with_fields(_html(version)).pdf)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{version.template.key}-{version.number}.pdf"'
    return response


def _html(version: TemplateVersion, sheets: tuple[str, ...] = ("print/contract.css",)) -> str:
    shown = sample(version, queries.dealer(request.args.get("dealer", type=int)))
    return drawing.page_html(filling.fill(version, shown.values), shown.frame, sheets)
