"""Numbers of contracts, without gaps per year and kind."""

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.blueprints.contracts.rules.numbers import written
from app.extensions import db
from app.models import Contract, NumberSeries

_ZONE = "Asia/Shanghai"


def give(contract: Contract, pattern: str) -> str:
    """Give a contract its number, unless it has one from an earlier approval. Flushed, not committed.

    The row of the series stays locked until this transaction ends: whoever comes at the same moment waits, and when
    we roll back, the next one gets this number. So there is never a gap.
    """
    if contract.number:
        return contract.number
    year = clock.today(contract.event.time_zone if contract.event else _ZONE).year
    contract.number = written(pattern, contract.kind, year, _next(contract.kind.value, year))
    db.session.flush()
    return contract.number


def _next(kind: str, year: int) -> int:
    count_up = (
        update(NumberSeries)
        .where(NumberSeries.kind == kind, NumberSeries.year == year)
        .values(last=NumberSeries.last + 1)
        .returning(NumberSeries.last)
        .execution_options(synchronize_session=False)
    )
    number = db.session.scalar(count_up)
    if number is None:
        builder = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
        row = {"kind": kind, "year": year, "last": 0}
        db.session.execute(builder.insert(NumberSeries).values(row).on_conflict_do_nothing())
        number = db.session.scalar(count_up)
    assert number is not None
    return int(number)
