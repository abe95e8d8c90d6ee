"""Numbers without gaps, per year and kind of document."""

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db
from app.models import NumberSeries


def next_number(kind: str, year: int) -> int:
    """Return the next number of a kind in a year, to be used in this very transaction.

    The row of the series stays locked until the transaction ends: whoever comes at the same moment waits, and when we
    roll back, the next one gets this number. So there is never a gap.
    """
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
