"""Letting a missing point of the gate pass. Nothing here commits."""

from app import clock, journal
from app.blueprints.contracts.gate import queries
from app.blueprints.contracts.rules.gate import Point, check_override
from app.extensions import db
from app.models import Contract, GateOverride


def override(contract: Contract, point: Point, *, reason: str, by_id: int) -> GateOverride:
    """Let a missing point pass, with the reason. Raises for approval and document, and where nothing is missing."""
    check_override(queries.gate(contract), point, reason)
    row = GateOverride(
        contract_id=contract.id, point=point.value, reason=reason.strip()[:200], by_id=by_id, at=clock.now()
    )
    db.session.add(row)
    journal.record(
        "contract.gate_overridden", contract, changes={"point": [None, point.value], "reason": [None, row.reason]}
    )
    db.session.flush()
    return row


def withdraw(contract: Contract, point: Point) -> None:
    """Take an override back: the point is missing again."""
    for row in queries.overrides(contract):
        if row.point == point.value:
            db.session.delete(row)
            journal.record("contract.gate_override_taken_back", contract, changes={"point": [point.value, None]})
    db.session.flush()
