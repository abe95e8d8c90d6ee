"""What needs no sign-in: the dealer's copy by its link, and the verification for anybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, after_this_request, current_app, g, request
from flask_babel import gettext
from flask_login import current_user

from app import clock, journal, links, qr
from app.access import Permission
from app.blueprints.signing import blueprint, trail
from app.blueprints.signing.certificate import queries
from app.blueprints.signing.certificate.queries import Checked
from app.blueprints.signing.certificate.views import attached
from app.blueprints.signing.trail import Witness
from app.extensions import db, limiter
from app.models import Contract, Seal, StepKind
from app.sealing import certificate
from app.web.guards import View, public
from app.web.identity import address
from app.web.limits import public_page
from app.web.load import found
from app.web.locale import speak
from app.web.render import page

_UPLOADS = "30 per minute"


def _private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def copy_page(view: Callable[..., Any]) -> View:
    """Hand the view the seal of the link, in the dealer's language. A link that is over answers 410."""

    @wraps(view)
    def opened(token: str, **values: Any) -> Any:
        after_this_request(_private)
        seal = found(queries.by_copy_token(token) if token.isprintable() else None)
        contract = seal.contract
        g.event = contract.event
        speak(contract.dealer.locale or (contract.event.language if contract.event else None))
        if seal.copy_until <= clock.now():
            abort(410)
        return view(seal, **values)

    return public("the link of a copy is the key to it")(public_page(opened))


@blueprint.get("/copy/<string(maxlength=64):token>")
@copy_page
def copy(seal: Seal) -> Any:
    """The dealer's own copy: what it is, how to check it, and the file."""
    address_of_page = links.public(f"/copy/{seal.copy_token}")
    return page(
        "signing/copy.html",
        seal=seal,
        contract=seal.contract,
        event=seal.contract.event,
        code=qr.svg(address_of_page, label=gettext("Opens the sealed copy")),
        verify=links.verification_page(seal.contract.number or ""),
    )


@blueprint.get("/copy/<string(maxlength=64):token>/contract.pdf")
@copy_page
def copy_document(seal: Seal) -> Response:
    """The frozen bytes; that they were fetched is a step of the trail."""
    contract = seal.contract
    response = attached(seal)
    journal.act_as(journal.Actor(contract.signatory or contract.dealer.contact, None, address()))
    witness = Witness(contract.signatory or contract.dealer.contact, "", address(), request.user_agent.string)
    trail.write(contract, StepKind.DOWNLOADED, witness, after=seal.sha256)
    db.session.commit()
    return response


def _may_know_more() -> bool:
    return bool(current_user.is_authenticated and current_user.can(Permission.VIEW_ALL_CONTRACTS, None))


def _verify_page(number: str | None, *, checked: Checked | None = None, fault: str = "", status: int = 200) -> Any:
    contract = queries.by_number(number) if number else None
    shown = checked.contract if checked and checked.contract else contract
    g.event = shown.event if shown else None
    told = queries.told(contract) if contract else None
    response = page(
        "signing/verify.html",
        status=404 if number and contract is None and checked is None else status,
        number=number,
        told=told,
        checked=checked,
        of_file=queries.told(checked.contract) if checked and checked.contract else None,
        fault=fault,
        knows_more=_may_know_more(),
        event=None,
    )
    # For programs that check many files.
    if told:
        response.headers["X-Standing"] = told.standing.value
    if checked:
        response.headers["X-Verdict"] = checked.answer.value
    return response


@blueprint.get("/verify/")
@blueprint.get("/verify/<string(maxlength=40):number>")
@public("anybody who holds a contract may ask whether it is ours")
@public_page
def verify(number: str | None = None) -> Any:
    after_this_request(_private)
    return _verify_page(number)


def _limited(view: View) -> View:
    limited: View = limiter.limit(_UPLOADS)(view)
    return limited


@blueprint.post("/verify/")
@blueprint.post("/verify/<string(maxlength=40):number>")
@public("anybody who holds a contract may ask whether it is ours")
@public_page
@_limited
def verify_file(number: str | None = None) -> Any:
    """Say what became of an uploaded file. It is looked at in memory and not kept."""
    after_this_request(_private)
    upload = request.files.get("file")
    content = upload.stream.read() if upload else b""
    if not content:
        return _verify_page(number, fault=gettext("Please choose a file first."), status=422)
    config = current_app.config
    checked = queries.check(content, certificate.known(config), config["SIGNING_DAY_HOME"], asked=number)
    _remember(checked.contract, checked)
    return _verify_page(number, checked=checked)


def _remember(contract: Contract | None, checked: Checked) -> None:
    """What one of ours has verified is a step of the trail; strangers would only fill it."""
    if contract is None or not _may_know_more():
        return
    witness = Witness(current_user.name, "", address(), request.user_agent.string)
    trail.write(contract, StepKind.VERIFIED, witness, before=checked.sha256, verdict=checked.answer.value)
    db.session.commit()
