"""Telling of contracts that end, and ending them. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, timedelta

from app import clock
from app.blueprints.contracts import actions as life
from app.blueprints.contracts.register.actions import years_later
from app.blueprints.contracts.register.ending import letters, queries
from app.blueprints.territories import actions as territories
from app.extensions import db
from app.models import Contract, ContractState, ExpiryNotice


def tell(today: date, days: Sequence[int]) -> int:
    """Tell rep and administrators of each contract that ends within so many days, once for each number of days.

    A contract that comes into view late is told of once, with the nearest number: 20 days before its end nobody is
    told that 90 are left.
    """
    told: list[tuple[Contract, date]] = []
    nearest = sorted(set(days))
    for place, number in enumerate(nearest):
        first = today + timedelta(days=nearest[place - 1] + 1) if place else today
        found = queries.to_tell(first, today + timedelta(days=number), number)
        db.session.add_all(
            ExpiryNotice(contract_id=contract.id, ends_on=day, days_before=number, told_at=clock.now())
            for contract, day in found
        )
        told += found
    db.session.flush()
    letters.tell(told)
    return len(told)


def end(contract_id: int, *, keep_years: int) -> bool:
    """End a contract whose last day is over, with its amendments and territories. False: it has ended already."""
    whole = queries.with_amendments(contract_id)
    if not any(each.id == contract_id for each in whole):
        return False
    for each in whole:
        last = each.ends_on or clock.today("Asia/Shanghai")
        life.end(each)
        territories.end(each, "expired")
        each.retain_until = each.retain_until or years_later(last, keep_years)
    db.session.flush()
    return True


def keep_void(contract_id: int, *, keep_years: int) -> bool:
    """Say until when a void contract is kept: so many years after it became void. False: somebody else has."""
    contract = db.session.get(Contract, contract_id, with_for_update=True)
    if contract is None or contract.state is not ContractState.VOID or contract.retain_until is not None:
        return False
    since = contract.voided_at or contract.created_at
    contract.retain_until = years_later(clock.local(since, "Asia/Shanghai").date(), keep_years)
    db.session.flush()
    return True
