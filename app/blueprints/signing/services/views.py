"""Handing a contract to a signing service, and the address at which the service calls back."""

from hashlib import sha256
from typing import Any

from flask import current_app, flash, jsonify, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock, files, journal, links
from app.access import Permission
from app.blueprints.contracts.document import queries as documents
from app.blueprints.contracts.gate import queries as gates
from app.blueprints.contracts.rules.life import ContractCannotMove, GateClosed
from app.blueprints.signing import blueprint
from app.blueprints.signing.rules import service_calls
from app.blueprints.signing.rules.service_calls import Call, CallNotBelieved, CallState
from app.blueprints.signing.services import actions, queries
from app.blueprints.signing.services.client import Order, Service, service
from app.blueprints.signing.sessions.gate import without_token
from app.blueprints.signing.sessions.host_views import the_contract
from app.extensions import db, reading_only
from app.models import Contract, ContractState
from app.tokens import new_link_token
from app.web.errors import answer, sentence
from app.web.guards import public, requires
from app.web.identity import address, me
from app.web.limits import public_page
from app.web.load import found
from app.web.render import back_to

P = Permission
_LARGEST_CALL = 64 * 1024


@blueprint.post("/contracts/<int:contract_id>/signing/service")
@requires(P.HOST_SIGNING)
def service_open(contract_id: int) -> BaseResponse:
    """Hand the document to the service. It leaves the house only once the gate is open."""
    db.session.rollback()  # the service may take its time; nobody waits for us meanwhile
    with reading_only():
        contract = the_contract(contract_id)
        there = found(service(current_app.config))
        _check_ready(contract)
        token = new_link_token()
        order = _order(contract, token)
        db.session.rollback()
    remote = there.create(order)
    actions.hand_over(the_contract(contract_id), me().user, remote, token)
    db.session.commit()
    flash(gettext("The signing service has the document. Send the dealer there."), "success")
    return back_to("signing.host", contract_id=contract_id)


def _check_ready(contract: Contract) -> None:
    if contract.state not in {ContractState.APPROVED, ContractState.SIGNING} or contract.document is None:
        raise ContractCannotMove(state=contract.state.value, to=ContractState.SIGNING.value)
    if not gates.gate(contract).is_open:
        raise GateClosed


def _order(contract: Contract, token: str) -> Order:
    assert contract.document is not None
    content = files.read(contract.document, folder=current_app.config["SIGNING_DAY_HOME"])
    return Order(
        reference=token,
        number=contract.number or "",
        title=contract.template_version.title,
        document=content,
        document_sha256=sha256(content).hexdigest(),
        company=documents.company(contract).name,
        dealer=contract.dealer.company,
        signatory=contract.signatory,
        mobile=contract.signatory_mobile,
        callback=links.public(url_for("signing.service_callback")),
        return_to=links.public(url_for("signing.sheet", token=token)),
    )


@blueprint.post("/signing-service/callback")
@without_token
@public("a signing service calls; its signature is checked")
@public_page
def service_callback() -> Any:
    """Take what the service says. The same call again is answered the same, and changes nothing."""
    config = current_app.config
    there = found(service(config))
    if (request.content_length or 0) > _LARGEST_CALL:
        raise CallNotBelieved
    body = request.get_data()
    key, secret = config["SIGN_SERVICE_KEY"], config["SIGN_SERVICE_SECRET"]
    try:
        service_calls.check(dict(request.headers), key, secret, "POST", request.path, body, clock.now().timestamp())
    except CallNotBelieved as fault:
        return answer(403, fault.code, sentence(fault))
    call = service_calls.read(request.get_json(silent=True))
    journal.act_as(journal.Actor(there.name, None, address()))
    signed = _signed(call, there)
    signing = found(queries.by_remote_id(call.remote_id))
    actions.settle(signing, call, signed, there.name, config["SIGNING_DAY_HOME"])
    db.session.commit()
    return jsonify(taken=True)


def _signed(call: Call, there: Service) -> bytes:
    """The document, fetched before anything is locked. A service that fails now calls again: 503 asks it to."""
    db.session.rollback()
    with reading_only():
        found(queries.by_remote_id(call.remote_id))
        db.session.rollback()
    return there.fetch(call.remote_id) if call.state is CallState.SIGNED else b""
