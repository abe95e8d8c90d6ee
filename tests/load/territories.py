"""What holding and signing cost with 100,000 territory grants, on the official tree with three product lines.

python -m tests.load territories
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select, text

from app import clock
from app.blueprints.territories import actions, queries
from app.blueprints.territories.queries import Wish
from app.blueprints.territories.regions import actions as regions
from app.blueprints.territories.regions import official
from app.blueprints.territories.regions import queries as region_queries
from app.blueprints.territories.rules.taken import TerritoryTaken
from app.extensions import db
from app.many import chunks, insert_many
from app.models import Dealer, ProductLine, Region, RegionLevel, TerritoryGrant, TerritoryState
from tests import postgres
from tests.conftest import make_app

GRANTS, ROUNDS = 100_000, 200
_DAY = date(2026, 11, 26)


def _fill(chance: random.Random) -> None:
    """Three lines; a third of the grants is signed for this year and lies in counties, the rest is history."""
    regions.load(official.areas())
    lines = [ProductLine(key=f"line-{n}", name=f"line {n}") for n in range(3)]
    dealers = [
        Dealer(company=f"D{n}", company_key=f"D{n}", contact=f"C{n}", created_at=clock.now()) for n in range(2_000)
    ]
    db.session.add_all([*lines, *dealers])
    db.session.flush()
    counties = db.session.scalars(select(Region.id).where(Region.level == RegionLevel.COUNTY)).all()
    rows = []
    for n in range(GRANTS):
        is_live = n % 3 == 0
        start = _DAY if is_live else _DAY - timedelta(days=chance.randrange(400, 2_000))
        rows.append(
            {
                "dealer_id": chance.choice(dealers).id,
                "region_id": chance.choice(counties),
                "line_id": chance.choice(lines).id,
                "is_exclusive": not is_live,  # side by side this year, so that what is held is refused by chance only
                "starts_on": start,
                "ends_on": start + timedelta(days=364),
                "state": TerritoryState.SIGNED if is_live else TerritoryState.ENDED,
                "ended_why": "",
                "version": 1,
            }
        )
    for some in chunks(rows, 2_000):
        insert_many(TerritoryGrant, some)
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _measure(what: str, engine: str, work: Callable[[], object], rounds: int = ROUNDS) -> str:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    p95 = times[int(len(times) * 0.95) - 1]
    return f"{what:34} {engine:10}  p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms"


def _run(engine: str, url: str, home: Path) -> None:
    app = make_app(home, url)
    chance = random.Random(1)
    with app.app_context():
        upgrade()
        _fill(chance)
        line = db.session.scalars(select(ProductLine)).first()
        cities = db.session.scalars(select(Region).where(Region.level == RegionLevel.CITY)).all()
        dealers = db.session.scalars(select(Dealer)).all()
        assert line is not None

        def ask(level_of: list[Region], exclusive: bool) -> None:
            wish = Wish(chance.choice(level_of), line.id, None, _DAY, _DAY, exclusive, chance.choice(dealers).id)
            queries.first_clash(wish, clock.now())
            db.session.rollback()

        def hold_and_sign() -> None:
            until, last = clock.now() + timedelta(hours=1), _DAY + timedelta(days=90)
            what = (None, chance.choice(dealers), chance.choice(cities), line, None)
            try:
                grant = actions.hold(*what, exclusive=False, starts_on=_DAY, ends_on=last, by=None, until=until)
                actions.sign([grant], clock.now())
                db.session.commit()
            except TerritoryTaken:
                db.session.rollback()

        provinces = db.session.scalars(select(Region).where(Region.level == RegionLevel.PROVINCE)).all()
        print(_measure("is a city free (not exclusive)", engine, lambda: ask(list(cities), False)))
        print(_measure("is a province free (exclusive)", engine, lambda: ask(list(provinces), True)))
        print(_measure("hold and sign a city", engine, hold_and_sign))
        print(_measure("search by pinyin", engine, lambda: region_queries.search("wuhan hongshan"), 50))
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _run("sqlite", "", Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _run("postgresql", postgres.create_database("bench_territories"), Path(folder))
    postgres.drop_database("bench_territories")
