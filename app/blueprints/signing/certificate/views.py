"""The certificate page of the console: every step, the seal, what is owed, and the files to take along."""

from typing import Any

from flask import Response, current_app, flash, make_response, request
from flask_babel import gettext

from app import files, links, qr
from app.access import Permission
from app.blueprints.contracts.register import opened
from app.blueprints.signing import blueprint
from app.blueprints.signing.certificate import evidence
from app.blueprints.signing.certificate.screen import screen_trail
from app.blueprints.signing.countersign import actions, queries
from app.blueprints.signing.countersign.views import officer_witness
from app.blueprints.signing.sessions.host_views import the_contract
from app.extensions import db
from app.models import ContractState, OpenedPart, Seal
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page

P = Permission
_VOIDABLE = (ContractState.SIGNED, ContractState.COUNTERSIGNED, ContractState.FILED)


@blueprint.get("/contracts/<int:contract_id>/trail")
@requires(P.VIEW_CONTRACTS)
def trail(contract_id: int, *, status: int = 200, wrong: bool = False) -> Any:
    contract = the_contract(contract_id)
    seal = queries.seal_of(contract.id)
    copy = links.public(f"/copy/{seal.copy_token}") if seal else ""
    return page(
        "signing/trail.html",
        status=status,
        wrong=wrong,
        contract=contract,
        seal=seal,
        marks=queries.marks_of(contract.id),
        trail=screen_trail(queries.steps_of(contract.id)),
        receivables=queries.receivables_of(contract.id),
        copy=copy,
        code=qr.svg(copy, label=gettext("Opens the sealed copy")) if copy else "",
        verify=links.verification_page(contract.number or ""),
        may_void=contract.state in _VOIDABLE and me().can(P.FILE_CONTRACTS),
    )


@blueprint.get("/contracts/<int:contract_id>/sealed.pdf")
@requires(P.VIEW_CONTRACTS)
def sealed_document(contract_id: int) -> Response:
    """The frozen bytes. They are never made again."""
    answer = attached(found(queries.seal_of(the_contract(contract_id).id)))
    opened.note(contract_id, OpenedPart.SEALED)
    return answer


def attached(seal: Seal) -> Response:
    """Answer with the sealed document, to be kept."""
    response = make_response(files.read(seal.file, folder=current_app.config["SIGNING_DAY_HOME"]))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers.set("Content-Disposition", "attachment", filename=seal.file.name)
    return response


@blueprint.get("/contracts/<int:contract_id>/evidence.zip")
@requires(P.VIEW_CONTRACTS)
def evidence_package(contract_id: int) -> Response:
    """Everything that proves the signing, in one file."""
    contract = the_contract(contract_id)
    seal = found(queries.seal_of(contract.id))
    packed = evidence.packed(contract, seal, queries.marks_of(contract.id), queries.steps_of(contract.id), _folder())
    response = make_response(packed)
    response.headers["Content-Type"] = "application/zip"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers.set("Content-Disposition", "attachment", filename=f"{contract.number}-evidence.zip")
    return response


def _folder() -> Any:
    return current_app.config["SIGNING_DAY_HOME"]


@blueprint.post("/contracts/<int:contract_id>/void")
@requires(P.FILE_CONTRACTS)
def void(contract_id: int) -> Any:
    """Declare a signed contract void, with the reason."""
    why = " ".join(request.form.get("why", "").split())[:200]
    if len(why) < 2:
        return trail(contract_id, status=422, wrong=True)
    actions.void(the_contract(contract_id), why=why, witness=officer_witness())
    db.session.commit()
    flash(gettext("The contract is void. What was owed for it is cancelled, and its territory is free."), "info")
    return back_to("signing.trail", contract_id=contract_id)
