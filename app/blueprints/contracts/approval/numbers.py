"""Numbers of contracts, without gaps per year and kind."""

from app import clock
from app.blueprints.contracts.rules.numbers import written
from app.extensions import db
from app.models import Contract
from app.numbering import next_number

_ZONE = "Asia/Shanghai"


def give(contract: Contract, pattern: str) -> str:
    """Give a contract its number, unless it has one from an earlier approval. Flushed, not committed."""
    if contract.number:
        return contract.number
    year = clock.today(contract.event.time_zone if contract.event else _ZONE).year
    contract.number = written(pattern, contract.kind, year, next_number(contract.kind.value, year))
    db.session.flush()
    return contract.number
