"""Pages of the register with a hundred thousand contracts: what each kind of look costs the server, both databases.

Every figure stands beside that of a trivial page of the same run, the person's own account: sign-in, layout, a few
rows. On a busy machine the ratio means more than the milliseconds.
"""

import argparse
import gc
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert, text

from app import clock, names
from app.access import Role
from app.extensions import db
from app.models import (
    Contract,
    ContractKind,
    ContractState,
    ContractTarget,
    Dealer,
    Region,
    RegionLevel,
    ResultSource,
    TerritoryGrant,
    TerritoryState,
    User,
)
from tests import postgres
from tests.build import Builder
from tests.build import contracts as made
from tests.conftest import make_app
from tests.load.badges import GIVEN, SURNAMES
from tests.load.meter import Cost, at, cost_of

_CHUNK = 5_000
DEALERS, REPS, EVENTS, REGIONS = 20_000, 40, 30, 300
_STATES = [
    *[ContractState.FILED] * 45,
    *[ContractState.ENDED] * 35,
    *[ContractState.COUNTERSIGNED] * 2,
    *[ContractState.VOID] * 5,
    *[ContractState.DRAFT] * 5,
    *[ContractState.IN_REVIEW] * 3,
    *[ContractState.APPROVED] * 5,
]
_UNNUMBERED = {ContractState.DRAFT, ContractState.IN_REVIEW}
_SIGNED = {ContractState.FILED, ContractState.ENDED, ContractState.COUNTERSIGNED}
PLACES = ("宜昌", "襄阳", "荆州", "黄石", "十堰", "孝感", "荆门", "鄂州", "黄冈", "咸宁")
TRADES = ("商贸", "医药", "器械", "食品", "日化", "家居", "电器", "农资")
# What people do: turn pages, sort, press chips, look for a dealer, a number, a territory, a span.
LOOKS = (
    *("", "page=7", "page=1000", "page=1999", "sort=-total", "sort=-signed", "sort=ends", "sort=dealer", "sort=number"),
    *(
        "sort=-signed&page=900",
        "sort=dealer&page=1500",
        "state=filed",
        "state=filed&sort=-signed",
        "state=void&sort=ends",
    ),
    *("state=filed&state=countersigned&sort=-total&page=40", "kind=amendment", "kind=amendment&state=ended"),
    *("q=宜昌", "q=ych", "q=zhang", "q=有限公司", "q=JX-2021-00417", "q=417", "q=zzzz"),
    *(
        "event=7",
        "rep=9&sort=-signed",
        "event=7&state=filed&sort=dealer",
        "territory=宜昌",
        "sum_from=900000&sort=-total",
    ),
    *("signed_from=2021-03-01&signed_to=2021-03-31", "ends_from=2026-11-24&ends_to=2027-02-22&state=filed&sort=ends"),
)
TRIVIAL = "/account"


def fill(app: Flask, size: int) -> tuple[User, User]:
    """Fill a migrated database; return a contract administrator and one of the reps."""
    build = Builder(app)
    admin = build.user(Role.CONTRACT_ADMINISTRATOR)
    reps = [build.user(Role.SALES_REP, name=f"业务员{n}") for n in range(REPS)]
    events = [build.event(name=f"第{n}届渠道招商会") for n in range(EVENTS)]
    version, line = made.template_version(build), made.line(build)
    dice = random.Random(1)
    with app.app_context():
        _dealers()
        db.session.execute(insert(Region), list(_regions()))
        for start in range(0, size, _CHUNK):
            numbers = range(start, min(size, start + _CHUNK))
            rows = [_contract(n, dice, reps, events, version.id) for n in numbers]
            db.session.execute(insert(Contract), rows)
            db.session.execute(insert(TerritoryGrant), [_grant(row, dice, line.id) for row in rows])
            db.session.execute(insert(ContractTarget), [_target(row, dice) for row in rows if row["signed_at"]])
        db.session.commit()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if db.engine.dialect.name == "postgresql":  # as autovacuum does; SQLite gets no statistics, as in life
                connection.execute(text("VACUUM ANALYZE"))
    return admin, reps[8]


def _dealers() -> None:
    now = clock.now()
    for start in range(0, DEALERS, _CHUNK):
        rows = []
        for n in range(start, start + _CHUNK):
            contact = SURNAMES[n % len(SURNAMES)] + GIVEN[n // 20 % len(GIVEN)] + GIVEN[n * 7 % len(GIVEN)]
            company = f"{PLACES[n % 10]}{GIVEN[n % 20]}{GIVEN[n // 20 % 20]}{TRADES[n % 8]}{n}有限公司"
            rows.append(
                {
                    "id": n + 1,
                    "company": company,
                    "company_key": company,
                    "contact": contact,
                    "search_key": names.search_key(contact, company),
                    "sort_key": names.sort_key(company),
                    "created_at": now,
                }
            )
        db.session.execute(insert(Dealer), rows)


def _regions() -> Iterator[dict[str, Any]]:
    for n in range(REGIONS):
        yield {
            "id": n + 1,
            "code": f"R{n}",
            "name": f"{PLACES[n % 10]}{n}区",
            "level": RegionLevel.CITY,
            "path": f"/CN/R{n}/",
        }


def _contract(n: int, dice: random.Random, reps: list[User], events: list[Any], version_id: int) -> dict[str, Any]:
    state = dice.choice(_STATES)
    starts = date(2017, 1, 1) + timedelta(days=n * 3600 // 100_000 + dice.randrange(20))
    kind = ContractKind.AMENDMENT if n % 12 == 0 else ContractKind.DISTRIBUTION
    at = clock.now() - (clock.now().date() - starts) if state in _SIGNED else None
    return {
        "id": n + 1,
        "number": None if state in _UNNUMBERED else f"JX-{starts.year}-{n:05d}",
        "kind": kind,
        "state": state,
        "amends_id": n if kind is ContractKind.AMENDMENT and n else None,
        "event_id": events[n * EVENTS // 100_001 % EVENTS].id,
        "dealer_id": dice.randrange(DEALERS) + 1,
        "rep_id": reps[dice.randrange(REPS)].id,
        "template_version_id": version_id,
        "starts_on": starts,
        "ends_on": starts + timedelta(days=364),
        "total": Decimal(dice.randrange(10_000, 1_000_000)),
        "created_at": clock.now(),
        "signed_at": at,
        "search_key": "x" * 200,
        "values": {"outlets": "5", "rebate": "3.5"},
    }


def _grant(row: dict[str, Any], dice: random.Random, line_id: int) -> dict[str, Any]:
    return {
        "dealer_id": row["dealer_id"],
        "region_id": dice.randrange(REGIONS) + 1,
        "line_id": line_id,
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "state": TerritoryState.SIGNED,
        "contract_id": row["id"],
    }


def _target(row: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    return {
        "contract_id": row["id"],
        "position": 1,
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "amount": row["total"],
        "achieved": row["total"] * dice.randrange(20, 130) / 100,
        "achieved_from": ResultSource.IMPORTED,
    }


def look(client: FlaskClient, address: str) -> Cost:
    """Return what one page costs the server."""

    def ask() -> None:
        assert client.get(address).status_code == 200, address

    return cost_of(ask, with_postgres=client.application.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"))


def measure(app: Flask, size: int, rounds: int, *, is_told: bool, only: str = "") -> None:
    began = time.monotonic()
    admin, rep = fill(app, size)
    print(f"{app.config['SQLALCHEMY_DATABASE_URI'][:10]}: {size} contracts filled in {time.monotonic() - began:.0f} s")
    build, taken = Builder(app), list[Cost]()
    for name, user in (("all contracts", admin), ("a rep's own", rep)):
        client = app.test_client()
        build.sign_in(client, user)
        look(client, "/contracts/")
        gc.collect()
        gc.freeze()  # as gunicorn.conf.py does
        trivial = [look(client, TRIVIAL) for _ in range(max(20, rounds))]
        _say(TRIVIAL, trivial, trivial)
        if only:
            _say(f"{only}, {name}", [look(client, only) for _ in range(rounds)], trivial)
            continue
        times = {each: [look(client, f"/contracts/?{each}") for _ in range(rounds)] for each in LOOKS}
        for each, values in times.items():
            if is_told:
                _say(each or "as it opens", values, trivial)
        flat = [value for values in times.values() for value in values]
        taken += flat
        _say(name, flat, trivial)
        for page in ("/contracts/1", "/contracts/targets/?course=behind", "/"):
            if name == "all contracts":
                _say(page, [look(client, page) for _ in range(rounds)], trivial)
    if taken:
        _say("all of it", taken, trivial)


def _say(name: str, costs: list[Cost], trivial: list[Cost]) -> None:
    cpu, clock, database = ([getattr(each, kind) for each in costs] for kind in ("cpu", "clock", "database"))
    ratios = [
        at([getattr(each, kind) for each in costs], 0.5) / at([getattr(each, kind) for each in trivial], 0.5)
        for kind in ("cpu", "clock")
    ]
    print(
        f"  CPU {at(cpu, 0.5):6.1f} p95 {at(cpu, 0.95):6.1f} ms (database {at(database, 0.5):5.1f}), {ratios[0]:4.1f} x"
        f" | clock {at(clock, 0.5):6.1f} p95 {at(clock, 0.95):6.1f} ms, {ratios[1]:4.1f} x  {name}",
        flush=True,
    )


def main(words: list[str] | None = None) -> int:
    """Print the figures of both databases."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.register", description=__doc__)
    parser.add_argument("--contracts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--each", action="store_true", help="also each kind of look by itself")
    parser.add_argument("--only", default="", help="measure this address alone")
    asked = parser.parse_args(words)
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as folder:
            url = postgres.create_database("register_bench") if engine == "postgresql" else ""
            app = make_app(Path(folder), url)
            with app.app_context():
                upgrade()
            measure(app, asked.contracts, asked.rounds, is_told=asked.each, only=asked.only)
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        if engine == "postgresql":
            postgres.drop_database("register_bench")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
