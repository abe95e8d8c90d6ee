"""The second half of an approval: the document is drawn without holding a lock, then frozen.

Between the two the program may stop, or somebody may take the contract back; then nothing is frozen, and the step of
the scheduler makes what is missing.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from app.blueprints.contracts import document_of
from app.blueprints.contracts.approval import actions, queries
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.jobs import Planned, Step
from app.models import Contract, ContractState

_LOG = logging.getLogger("signing_day.contracts")


def make_and_freeze(contract_id: int, *, folder: Path) -> bool:
    """Draw and freeze the document of an approved contract, in transactions of its own; commits."""
    return make_and_freeze_all([contract_id], folder=folder) == 1


def make_and_freeze_all(contract_ids: Collection[int], *, folder: Path) -> int:
    """Draw and freeze what is approved and has no document; commits after each. Returns how many were made."""
    db.session.rollback()
    wanted = (Contract.id.in_(contract_ids), Contract.state == ContractState.APPROVED, Contract.document_id.is_(None))
    with reading_only():
        rows = list(db.session.scalars(select(Contract).where(*wanted).order_by(Contract.id)))
        versions = {row.id: row.version for row in rows}
        drawn = _drawn(rows)
        db.session.rollback()
    made = 0
    for contract_id, document in drawn.items():
        contract = db.session.get(Contract, contract_id)
        if contract is not None:
            made += actions.freeze(contract, document, folder=folder, version=versions[contract_id])
        db.session.commit()
    return made


def _drawn(rows: list[Contract]) -> dict[int, document_of.Document]:
    """Draw them together; when one cannot be drawn, each by itself, so that it alone is left out."""
    try:
        return dict(zip((row.id for row in rows), document_of.make_many(rows), strict=True))
    except SigningDayError:
        pass
    drawn = {}
    for row in rows:
        try:
            drawn[row.id] = document_of.make(row)
        except SigningDayError as fault:
            _LOG.warning("no document", extra={"facts": {"contract_id": row.id, "code": fault.code}})
    return drawn


def _plan(now: datetime) -> list[Planned]:
    by_event: dict[str, int] = {}
    for contract in queries.without_document():
        slug = contract.event.slug if contract.event else ""
        by_event[slug] = by_event.get(slug, 0) + 1
    return [Planned("contracts.documents", slug, count, now) for slug, count in by_event.items()]


def _run(now: datetime) -> int:
    ids = [contract.id for contract in queries.without_document()]
    return make_and_freeze_all(ids, folder=current_app.config["SIGNING_DAY_HOME"]) if ids else 0


STEPS = (Step("contracts.documents", _plan, _run),)
