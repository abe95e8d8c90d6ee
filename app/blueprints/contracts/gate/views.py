"""The readiness gate on one screen, before the pen is given."""

from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.gate import actions, queries, words
from app.blueprints.contracts.gate.print import slip_pdf
from app.blueprints.contracts.loading import MAY_SEE, the_contract
from app.blueprints.contracts.rules.gate import OverrideReasonWanted, Point
from app.blueprints.contracts.rules.life import STANDING
from app.blueprints.contracts.views import pen_url
from app.blueprints.territories import queries as territories
from app.extensions import db
from app.models import Contract, ContractState, TerritoryGrant, TerritoryState
from app.web.guards import requires
from app.web.identity import me, own_rep_id
from app.web.load import found
from app.web.locale import language
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/contracts/<int:contract_id>/gate")
@requires(*MAY_SEE)
def gate(slug: str, contract_id: int) -> Any:
    _event, contract = the_contract(slug, contract_id)
    return _shown(slug, contract)


def _shown(slug: str, contract: Contract, wrong: Point | None = None) -> Any:
    looked = queries.gate(contract)
    return page(
        "contracts/gate.html",
        status=422 if wrong else 200,
        contract=contract,
        gate=looked,
        is_signed=contract.signed_at is not None and contract.state in STANDING,
        points=words.shown(contract, looked, language()),
        clashes=territories.clashes_of(contract, clock.now()) if contract.state not in STANDING else [],
        sees_name=lambda rep_id: own_rep_id() in {None, rep_id},
        run_out=_run_out(contract),
        overrides={row.point: row for row in queries.overrides(contract)},
        wrong=wrong,
        pen_url=pen_url(contract) if looked.is_open and contract.state is ContractState.APPROVED else "",
    )


def _run_out(contract: Contract) -> list[TerritoryGrant]:
    """Holds whose time is over, for whoever may take them up again; whether they are still free is looked at then."""
    mine = [each for each in contract.grants if me().can(P.EDIT_TERRITORIES) or each.held_by_id == me().id]
    is_over = [each for each in mine if each.held_until is not None and each.held_until <= clock.now()]
    return [each for each in is_over if each.state is not TerritoryState.SIGNED] if me().can(P.HOLD_TERRITORIES) else []


@blueprint.post("/events/<slug>/contracts/<int:contract_id>/gate/<point>")
@requires(P.OVERRIDE_GATE)
def override(slug: str, contract_id: int, point: str) -> Any:
    """Let a missing point pass, with the reason; or take that back."""
    _event, contract = the_contract(slug, contract_id)
    kind = found(next((each for each in Point if each.value == point), None))
    if request.form.get("act") == "withdraw":
        actions.withdraw(contract, kind)
        told = _("The point is missing again.")
    else:
        try:
            actions.override(contract, kind, reason=request.form.get("reason", ""), by_id=me().id)
        except OverrideReasonWanted:
            return _shown(slug, contract, wrong=kind)
        told = _("The point may pass. Your name and reason are on record.")
    db.session.commit()
    flash(told, "info")
    return back_to("contracts.gate", slug=slug, contract_id=contract_id)


@blueprint.get("/events/<slug>/contracts/<int:contract_id>/slip.pdf")
@requires(*MAY_SEE)
def slip(slug: str, contract_id: int) -> Any:
    """What the dealer still has to bring, to take along."""
    _event, contract = the_contract(slug, contract_id)
    content = slip_pdf(contract, queries.gate(contract), language=language())
    answer = Response(content, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"slip-{contract_id}.pdf")
    return answer
