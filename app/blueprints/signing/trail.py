"""Writing the audit trail of a signing: a row for every step, with who was there, in the transaction of the step."""

from dataclasses import dataclass
from typing import Any

from app.blueprints.contracts import actions as contracts
from app.models import Contract, Step, StepKind


@dataclass(frozen=True)
class Witness:
    """Who does it, with whom beside them, from where and with what."""

    actor: str
    host: str = ""
    address: str = ""
    device: str = ""


def write(
    contract: Contract, kind: StepKind, witness: Witness, *, before: str = "", after: str = "", **detail: Any
) -> Step:
    """Add a step, not flushed. `before` and `after` are SHA-256 of the document; `detail` holds nothing secret."""
    step = contracts.step(contract, kind, before=before, after=after, detail=detail)
    step.actor = witness.actor[:80]
    step.host = witness.host[:80]
    step.address = witness.address[:45]
    step.device = witness.device[:200]
    return step
