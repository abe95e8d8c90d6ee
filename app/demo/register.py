"""What the register says of the last contracts: where they hold, how long they are kept, and which end soon."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from app import clock
from app.blueprints.contracts.register.actions import years_later
from app.extensions import db
from app.models import Contract, ContractKind, ContractState, Event, TerritoryGrant, TerritoryState

_ON_TRIAL = {9: 24, 12: 61}  # place -> days that are left: contracts agreed for half a year


def past(event: Event, now: datetime) -> None:
    """Fill in what filing would have written, had the program been there."""
    filed = select(Contract).where(Contract.event_id == event.id, Contract.state == ContractState.FILED)
    contracts = db.session.scalars(filed.order_by(Contract.id)).all()
    today = clock.local(now, event.time_zone).date()
    for place, contract in enumerate(contracts):
        if place in _ON_TRIAL:
            contract.ends_on = today + timedelta(days=_ON_TRIAL[place])
        last = contract.ends_on or today
        contract.retain_until = years_later(last, current_app.config["CONTRACT_RETENTION_YEARS"])
    signed = (TerritoryGrant.event_id == event.id, TerritoryGrant.state == TerritoryState.SIGNED)
    free = select(TerritoryGrant).where(*signed, TerritoryGrant.contract_id.is_(None)).order_by(TerritoryGrant.id)
    mains = [each for each in contracts if each.kind is not ContractKind.AMENDMENT]
    for grant, contract in zip(db.session.scalars(free).all(), mains, strict=False):
        grant.contract_id, grant.dealer_id = contract.id, contract.dealer_id
    db.session.flush()
