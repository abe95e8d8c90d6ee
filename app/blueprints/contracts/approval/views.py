"""Submitting and answering: the list for whoever approves, made for a phone, and the page of one question."""

from decimal import Decimal
from typing import Any

from flask import current_app, flash, request
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint, queries
from app.blueprints.contracts.approval import actions, jobs
from app.blueprints.contracts.approval import queries as approvals
from app.blueprints.contracts.drafting import words as fault_words
from app.blueprints.contracts.drafting.checking import terms_of
from app.blueprints.contracts.gate import queries as gates
from app.blueprints.contracts.loading import MAY_SEE, the_contract
from app.blueprints.contracts.rules.approving import RemarksWanted, of_round
from app.blueprints.contracts.rules.terms import faults
from app.blueprints.contracts.tables import territory_of
from app.blueprints.contracts.views import approver
from app.extensions import db
from app.models import Contract, Term
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.locale import money, number
from app.web.render import back_or, back_to, page

P = Permission
MAY_ANSWER = (P.REVIEW_CONTRACTS, P.APPROVE_CONTRACTS)


@blueprint.get("/contracts/approvals/")
@requires(*MAY_ANSWER)
def approvals_index() -> Any:
    waiting = approvals.waiting_for(approver())
    return page(
        "contracts/approvals.html",
        waiting=waiting,
        reasons={each.contract.id: reasons_of(each.contract) for each in waiting},
        territory={each.contract.id: territory_of(each.contract) for each in waiting},
        now=clock.now(),
    )


@blueprint.get("/contracts/approvals/<int:contract_id>")
@requires(*MAY_ANSWER)
def approval(contract_id: int) -> Any:
    contract = found(queries.contract(contract_id))
    return _shown(contract)


def _shown(contract: Contract, *, wrong: bool = False) -> Any:
    asked = approvals.round_of(contract)
    own = approvals.own_people(contract, asked)
    person = approver()
    told = fault_words.by_field(faults(terms_of(contract, with_document=False)), contract.currency)
    return page(
        "contracts/approval.html",
        status=422 if wrong else 200,
        contract=contract,
        asked=asked,
        is_own=person.id in own,
        may_answer=person.id not in own and any(row.decision is None and person.may(row.level) for row in asked),
        reasons=reasons_of(contract),
        territory=territory_of(contract),
        warnings=[text for rows in told.values() for _is_warning, text in rows],
        gate=gates.gate(contract),
        earlier=[row for row in approvals.decided_by(contract) if row not in asked],
        remarks=request.form.get("remarks", ""),
        wrong=wrong,
    )


def reasons_of(contract: Contract) -> list[dict[str, Any]]:
    """Return what is beyond the rep's authority: the term, what is asked, the limit, and by how much it goes over."""
    rows = of_round(contract.approvals, contract.submitted_at)
    found_reasons = rows[0].reasons if rows else []  # type: ignore[attr-defined]
    return [
        _reason(Term(term), Decimal(asked), Decimal(limit), contract.currency) for term, asked, limit in found_reasons
    ]


def _reason(term: Term, asked: Decimal, limit: Decimal, currency: str) -> dict[str, Any]:
    said = {"term": term, "asked": _amount(term, asked, currency), "limit": _amount(term, limit, currency), "over": ""}
    if term is Term.EXCLUSIVE:
        return said | {"asked": _("exclusive"), "limit": _("not exclusive")}
    return said | {"over": _amount(term, asked - limit, currency)}


def _amount(term: Term, value: Decimal, currency: str) -> str:
    if term is Term.AMOUNT:
        return money(value, currency)
    if term is Term.CREDIT_DAYS:
        return _("%(num)s days", num=number(value.normalize()))
    return f"{number(value.normalize())} %"


@blueprint.post("/contracts/approvals/<int:contract_id>")
@requires(*MAY_ANSWER)
def answer(contract_id: int) -> Any:
    contract = found(queries.contract(contract_id))
    remarks = request.form.get("remarks", "").strip()[:1000]
    if request.form.get("answer") == "return":
        try:
            actions.send_back(contract, approver(), remarks=remarks)
        except RemarksWanted:
            db.session.rollback()
            return _shown(found(queries.contract(contract_id)), wrong=True)
        db.session.commit()
        flash(_("Returned. Whoever sells the contract has been told."), "info")
        return back_to("contracts.approvals_index")
    pattern = current_app.config["CONTRACT_NUMBER_FORMAT"]
    is_approved = actions.approve(contract, approver(), remarks=remarks, pattern=pattern)
    number_ = contract.number
    db.session.commit()
    if is_approved:
        jobs.make_and_freeze(contract_id, folder=current_app.config["SIGNING_DAY_HOME"])
        flash(_("Approved. Its number is %(number)s.", number=number_), "success")
    else:
        flash(_("Approved. Somebody else still has to answer."), "success")
    return back_to("contracts.approvals_index")


@blueprint.post("/events/<slug>/contracts/<int:contract_id>/submit")
@requires(P.DRAFT_CONTRACTS)
def submit(slug: str, contract_id: int) -> Any:
    _event, contract = the_contract(slug, contract_id)
    actions.submit(contract, me().user)
    db.session.commit()
    flash(_("The contract is submitted. Whoever has to approve it has been told."), "success")
    return back_to("contracts.show", slug=slug, contract_id=contract_id)


@blueprint.post("/events/<slug>/contracts/<int:contract_id>/document")
@requires(*MAY_SEE)
def make_document(slug: str, contract_id: int) -> Any:
    """Make the document of an approved contract that has none: the program stopped before it was made."""
    the_contract(slug, contract_id)
    db.session.rollback()
    jobs.make_and_freeze(contract_id, folder=current_app.config["SIGNING_DAY_HOME"])
    return back_or(f"/events/{slug}/contracts/{contract_id}")
