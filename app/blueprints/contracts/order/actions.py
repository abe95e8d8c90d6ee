"""Setting the order of signing. Nothing here commits."""

from collections.abc import Sequence

from sqlalchemy import select, update

from app import journal
from app.blueprints.contracts.order import queries
from app.blueprints.contracts.rules import signing_order as rules
from app.extensions import db
from app.models import Contract, Event


def set_order(event: Event, wanted: Sequence[int]) -> list[int]:
    """Let the contracts be signed in this order; those it does not name come after, as they stood."""
    _lock(event)
    return _write(event, rules.merged(_order(event), wanted))


def move(event: Event, contract_id: int, step: int) -> list[int]:
    """Move one contract up (-1) or down (+1)."""
    _lock(event)
    return _write(event, rules.moved(_order(event), contract_id, step))


def propose(event: Event) -> list[int]:
    """Set the order anew: lead signers first, then the larger contracts."""
    _lock(event)
    return _write(event, [each.contract_id for each in rules.proposed(queries.signers(event))])


def _lock(event: Event) -> None:
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())


def _order(event: Event) -> list[int]:
    return [place.contract.id for place in queries.places(event)]


def _write(event: Event, order: Sequence[int]) -> list[int]:
    """A place is no term of the contract, so it does not count as a change of it."""
    for position, contract_id in enumerate(order, start=1):
        db.session.execute(
            update(Contract)
            .where(Contract.id == contract_id)
            .values(signing_position=position)
            .execution_options(synchronize_session=False)
        )
    journal.record("contract.signing_order", event, event_id=event.id, changes={"order": [None, len(order)]})
    db.session.flush()
    db.session.expire_all()
    return list(order)
