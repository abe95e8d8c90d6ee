"""The paper way: print, bring the scans in, check them page by page."""

from typing import Any

from flask import Response, abort, current_app, flash, make_response
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from app import clock, files, pdf_picture
from app.access import Permission
from app.blueprints.materials.uploads import shown
from app.blueprints.signing import blueprint
from app.blueprints.signing.paper import actions, pictures, printing, queries
from app.blueprints.signing.paper.actions import Received
from app.blueprints.signing.paper.flattening import Print
from app.blueprints.signing.paper.forms import FinishForm, ReasonForm, ScansForm
from app.blueprints.signing.paper.pictures import Page
from app.blueprints.signing.rules import paper as rules
from app.blueprints.signing.sessions import queries as sessions
from app.blueprints.signing.sessions.host_views import host_witness, the_contract
from app.errors import SigningDayError
from app.extensions import db
from app.models import Contract, File, Party, Signing
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page

P = Permission
LINK = "/contracts/<int:contract_id>/paper"
_WIDTH = 900  # pixels of a page's picture beside its scan


def _signing(contract: Contract) -> Signing:
    return actions.check_on_paper(sessions.open_of(contract, clock.now()))


def _document(contract: Contract) -> File:
    return found(contract.document)


def _shown(contract: Contract, *, status: int = 200, **forms: Any) -> Any:
    scans = queries.scans_of(contract)
    blank: dict[str, Any] = {
        "scans_form": ScansForm(formdata=None),
        "reason_form": ReasonForm(formdata=None),
        "finish_form": FinishForm(formdata=None),
        "refusing": 0,
    }
    return page(
        "signing/paper.html",
        status=status,
        contract=contract,
        signing=sessions.open_of(contract, clock.now()),
        mark=sessions.mark_of(contract, Party.DEALER),
        lights=rules.lights(contract.document_pages, queries.facts(scans)),
        newest=queries.newest(scans),
        **blank | forms,
    )


@blueprint.get(LINK)
@requires(P.HOST_SIGNING, P.FILE_CONTRACTS)
def paper(contract_id: int) -> Any:
    """How the pages stand: missing, received, accepted, returned; each beside the page as it was approved."""
    return _shown(the_contract(contract_id))


@blueprint.post(LINK + "/print")
@requires(P.HOST_SIGNING)
def paper_print(contract_id: int) -> Response:
    """Hand the document out for the pen, with a code on every page."""
    contract = the_contract(contract_id)
    actions.print_out(_signing(contract), host_witness())
    content = files.read(_document(contract), folder=current_app.config["SIGNING_DAY_HOME"])
    response = make_response(printing.with_codes(content, contract.number or ""))
    response.headers["Content-Type"] = "application/pdf"
    response.headers.set("Content-Disposition", "inline", filename=f"{contract.number}.pdf")
    db.session.commit()
    return response


@blueprint.post(LINK + "/scans")
@requires(P.HOST_SIGNING, P.FILE_CONTRACTS)
def paper_scans(contract_id: int) -> Any:
    contract = the_contract(contract_id)
    signing, form = _signing(contract), ScansForm()
    if not form.validate():
        return _shown(contract, status=422, scans_form=form)
    try:
        pages = _pages(form.scans.data, contract)
    except SigningDayError as fault:
        form.scans.errors = [sentence(fault)]
        return _shown(contract, status=422, scans_form=form)
    folder = current_app.config["SIGNING_DAY_HOME"]
    received = actions.receive(signing, pages, me().user, host_witness(), folder=folder, page=form.page.data)
    if not received.taken:
        form.scans.errors = [_missed(received)]
        return _shown(contract, status=422, scans_form=form)
    db.session.commit()
    flash(ngettext("%(num)d page received.", "%(num)d pages received.", len(received.taken)), "success")
    if received.foreign or received.unplaced:
        flash(_missed(received), "warning")
    return back_to("signing.paper", contract_id=contract_id)


def _pages(uploads: list[FileStorage], contract: Contract) -> list[Page]:
    document = files.read(_document(contract), folder=current_app.config["SIGNING_DAY_HOME"])
    printed = Print(document, contract.number or "")
    return [
        each
        for upload in uploads
        if upload.filename
        for each in pictures.pages_of(upload.stream.read(pictures.LARGEST + 1), upload.filename, printed)
    ]


def _missed(received: Received) -> str:
    if received.foreign:
        return ngettext(
            "%(num)d page belongs to another contract and was not taken.",
            "%(num)d pages belong to another contract and were not taken.",
            received.foreign,
        )
    return ngettext(
        "No code was found on %(num)d page. Bring it in by itself and say which page it is.",
        "No code was found on %(num)d pages. Bring them in one by one and say which page each is.",
        received.unplaced,
    )


@blueprint.post(LINK + "/scans/<int:scan_id>/accept")
@requires(P.FILE_CONTRACTS)
def paper_accept(contract_id: int, scan_id: int) -> BaseResponse:
    return _judged(contract_id, scan_id, is_accepted=True, reason="")


@blueprint.post(LINK + "/scans/<int:scan_id>/return")
@requires(P.FILE_CONTRACTS)
def paper_return(contract_id: int, scan_id: int) -> Any:
    form = ReasonForm()
    if not form.validate():
        return _shown(the_contract(contract_id), status=422, reason_form=form, refusing=scan_id)
    return _judged(contract_id, scan_id, is_accepted=False, reason=form.reason.data)


def _judged(contract_id: int, scan_id: int, *, is_accepted: bool, reason: str) -> BaseResponse:
    contract = the_contract(contract_id)
    _signing(contract)
    scan = found(queries.scan(contract, scan_id))
    actions.judge(contract, scan, me().user, host_witness(), is_accepted=is_accepted, reason=reason)
    db.session.commit()
    return back_to("signing.paper", contract_id=contract_id)


@blueprint.post(LINK + "/finish")
@requires(P.FILE_CONTRACTS)
def paper_finish(contract_id: int) -> BaseResponse:
    """All pages are right: the dealer has signed, and our officer is next."""
    contract = the_contract(contract_id)
    folder = current_app.config["SIGNING_DAY_HOME"]
    actions.finish(_signing(contract), host_witness(), folder=folder, may_show=FinishForm().may_show.data)
    db.session.commit()
    flash(gettext("The dealer counts as having signed. Our officer is next."), "success")
    return back_to("signing.paper", contract_id=contract_id)


@blueprint.get(LINK + "/scans/<int:scan_id>.jpg")
@requires(P.HOST_SIGNING, P.FILE_CONTRACTS)
def paper_scan(contract_id: int, scan_id: int) -> Any:
    return shown(found(queries.scan(the_contract(contract_id), scan_id)).file)


@blueprint.get(LINK + "/pages/<int:number>.png")
@requires(P.HOST_SIGNING, P.FILE_CONTRACTS)
def paper_page(contract_id: int, number: int) -> Response:
    """One page as it was approved, to compare with."""
    content = files.read(_document(the_contract(contract_id)), folder=current_app.config["SIGNING_DAY_HOME"])
    try:
        response = make_response(pdf_picture.page_picture(content, number, width=_WIDTH))
    except IndexError:
        abort(404)
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
