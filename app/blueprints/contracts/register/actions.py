"""Filing contracts into the register, and noting who opened them. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, timedelta

from app import clock, journal
from app.blueprints.contracts import actions as life
from app.blueprints.contracts.register import queries
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Contract, ContractState, OpenedPart, Opening, Seal

_SAME_LOOK = timedelta(minutes=10)  # pages turned within it are one look


class NotSealed(SigningDayError):
    """Only what is sealed goes into the register."""

    code = "not_sealed"
    sentence = N_("This contract is not sealed yet, so it cannot be filed.")


def years_later(day: date, years: int) -> date:
    """Return the same day so many years on; the 29th of February becomes the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def file(contract: Contract, *, keep_years: int) -> None:
    """Put a sealed contract into the register and say until when it is kept: so many years after its last day."""
    if db.session.get(Seal, contract.id) is None:
        raise NotSealed
    life.file(contract)
    last = contract.ends_on or clock.today(queries.ZONE)
    contract.retain_until = years_later(last, keep_years)
    if contract.amends_id is not None:
        first = db.session.get_one(Contract, contract.amends_id)
        first.retain_until = max(first.retain_until or contract.retain_until, contract.retain_until)
    db.session.flush()


def file_all(contracts: Sequence[Contract], *, keep_years: int) -> tuple[int, int]:
    """File those that are sealed and signed by both; return how many were filed and how many passed over."""
    filed = 0
    for contract in contracts:
        sealed = db.session.get(Seal, contract.id) is not None
        if sealed and contract.state is ContractState.COUNTERSIGNED:
            file(contract, keep_years=keep_years)
            filed += 1
    return filed, len(contracts) - filed


def note_opening(contract_id: int, user_id: int, part: OpenedPart, *, name: str = "", by_release: bool = False) -> None:
    """Write down that somebody opened a contract. Coming back to its page within ten minutes is the same look."""
    now = clock.now()
    if part is OpenedPart.PAGE and queries.looked_since(contract_id, user_id, now - _SAME_LOOK):
        return
    db.session.add(
        Opening(
            contract_id=contract_id,
            user_id=user_id,
            part=part,
            name=name[:120],
            at=now,
            address=journal.acting().address,
            by_release=by_release,
        )
    )
    db.session.flush()
