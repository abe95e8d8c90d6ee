"""The terms of a stored contract as the rules look at them."""

from decimal import Decimal

from app import clock
from app.blueprints.contracts import document_of, queries
from app.blueprints.contracts.drafting.typed import unfinished
from app.blueprints.contracts.rules.terms import Fault, Payment, Terms, faults
from app.models import Contract, TerritoryState


def terms_of(contract: Contract, *, with_document: bool = True) -> Terms:
    """Return the terms; `with_document` also asks which variables of the template are empty."""
    now = clock.now()
    held = [
        grant
        for grant in contract.grants
        if grant.state is TerritoryState.SIGNED
        or (grant.state is TerritoryState.HELD and (grant.held_until is None or grant.held_until > now))
    ]
    return Terms(
        kind=contract.kind,
        tier=contract.tier,
        signatory=contract.signatory,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        total=contract.total,
        deposit=contract.deposit,
        payments=[Payment(row.kind, row.amount, row.due_days, row.due_on) for row in contract.payment_terms],
        goods_total=sum((row.quantity * row.unit_price for row in contract.goods), Decimal(0))
        if contract.goods
        else None,
        holds=len(held),
        exclusive_holds=sum(1 for grant in held if grant.is_exclusive),
        missing=document_of.missing(contract) if with_document else (),
        supply_stopped=bool(queries.supply_stopped([contract.dealer_id])),
    )


def faults_of(contract: Contract) -> list[Fault]:
    """Return what stands against submitting a contract as it is stored, and what is worth a second look."""
    found = faults(terms_of(contract))
    if unfinished(contract):
        found.insert(0, Fault("form", "unfinished_entries"))
    return found
