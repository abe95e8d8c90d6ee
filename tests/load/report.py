"""The report of an event with a thousand guests, and the director's home over a thousand events, on both databases."""

import argparse
import random
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert, text

from app import clock
from app.access import Role
from app.extensions import db
from app.models import (
    Arrival,
    Base,
    Contract,
    ContractKind,
    ContractState,
    Dealer,
    Event,
    EventStatus,
    GuestKind,
    Invitation,
    InvitationState,
    PaymentKind,
    Posting,
    PostingKind,
    Readiness,
    Receipt,
    ReceiptWay,
    Receivable,
    TemplateVersion,
    User,
)
from tests import postgres
from tests.build import Builder
from tests.build import contracts as made
from tests.build.statements import noted
from tests.conftest import make_app
from tests.load.meter import Cost, at, cost_of

_CHUNK = 5_000
_S, _K = InvitationState, PaymentKind
_STATES = [*[_S.ARRIVED] * 55, *[_S.NO_SHOW] * 15, *[_S.DECLINED] * 15, *[_S.INVITED] * 10, *[_S.LISTED] * 5]
_TERMS = ((_K.DEPOSIT, 20_000), (_K.FIRST_ORDER, 60_000), (_K.INSTALMENT, 40_000), (_K.INSTALMENT, 30_000))
_PROVINCES = ("湖北省", "湖南省", "河南省", "江西省", "安徽省", "广东省", "四川省", "")
PAGES = ("", "?by=rep", "day", "unsigned", "compared", "rows?has=arrived")


def fill(app: Flask, guests: int, events: int, each: int) -> tuple[User, Event]:
    """One event of many guests, and many events of so many guests each; a fifth signs, most of them pay."""
    build, dice = Builder(app), random.Random(5)
    director = build.user(Role.ADMINISTRATOR)
    reps = [build.user(Role.SALES_REP).id for _ in range(12)]
    version = made.template_version(build)
    now = clock.now()
    with app.app_context():
        _rows(Dealer, _dealers(max(guests, each), dice))
        whole = [_event(n, now - timedelta(days=1 + n % 360)) for n in range(events + 1)]
        _rows(Event, whole)
        sizes = [(n, guests if n == 1 else each) for n in range(1, events + 2)]
        for table, rows in _of_events(sizes, whole, reps, version, dice).items():
            _rows(table, rows)
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        event = db.session.get_one(Event, 1)
        db.session.refresh(event)
        db.session.expunge(event)
    return director, event


def _rows(table: type[Base], rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        db.session.execute(insert(table), rows[start : start + _CHUNK])
    db.session.commit()


def _dealers(number: int, dice: random.Random) -> list[dict[str, Any]]:
    rows = ({"company": f"测试经销{n}", "contact": f"王{n}", "search_key": f"w{n}"} for n in range(1, number + 1))
    more = {"created_at": clock.now(), "source": "展会"}
    keys = ({**row, "company_key": row["company"], "sort_key": row["search_key"]} for row in rows)
    return [{**row, **more, "province": dice.choice(_PROVINCES)} for row in keys]


def _event(n: int, starts: Any) -> dict[str, Any]:
    ends = starts + timedelta(hours=7)
    common = {"status": EventStatus.CLOSED, "created_at": starts - timedelta(days=40), "signing_target": 20}
    return {"slug": f"e{n}", "name": f"招商会{n}", "starts_at": starts, "ends_at": ends, "venue": "酒店", **common}


def _of_events(
    sizes: Iterable[tuple[int, int]],
    events: list[dict[str, Any]],
    reps: list[int],
    version: TemplateVersion,
    dice: random.Random,
) -> dict[type[Base], list[dict[str, Any]]]:
    tables: tuple[type[Base], ...] = (Invitation, Arrival, Contract, Receivable, Receipt, Posting)
    found: dict[type[Base], list[dict[str, Any]]] = {table: [] for table in tables}
    for event_id, size in sizes:
        starts = events[event_id - 1]["starts_at"]
        for dealer in range(1, size + 1):
            state, rep = dice.choice(_STATES), dice.choice(reps)
            invitation = len(found[Invitation]) + 1
            about = {"event_id": event_id, "dealer_id": dealer, "rep_id": rep}
            kind = GuestKind.MEDIA if dealer % 20 == 0 else GuestKind.DEALER
            guest = {"token": f"t{invitation}", "state": state, "kind": kind, "listed_at": starts}
            found[Invitation].append({**about, **guest, "readiness": dice.choice(list(Readiness))})
            if state is _S.ARRIVED:
                arrived = {"invitation_id": invitation, "scan_id": f"s{invitation}", "state_before": _S.FIRM}
                at_door = starts - timedelta(minutes=dice.randrange(-10, 60))
                found[Arrival].append({"event_id": event_id, "arrived_at": at_door, **arrived})
                if dice.random() < 0.35:
                    _signs(found, about, starts, version, dice)
    return found


def _signs(
    found: dict[type[Base], list[dict[str, Any]]],
    about: dict[str, Any],
    starts: Any,
    version: TemplateVersion,
    dice: random.Random,
) -> None:
    contract = len(found[Contract]) + 1
    at_once = starts + timedelta(hours=5)
    kind = {"kind": ContractKind.DISTRIBUTION, "state": ContractState.FILED, "number": f"B-{contract}"}
    sums = {"total": Decimal(150_000), "template_version_id": version.id, "created_at": starts}
    found[Contract].append({**about, **kind, **sums, "signed_at": at_once, "countersigned_at": at_once})
    pays = dice.randrange(0, 5)
    for position, (what, amount) in enumerate(_TERMS, 1):
        owed = len(found[Receivable]) + 1
        is_paid = position <= pays
        sums = {"amount": Decimal(amount), "settled": Decimal(amount if is_paid else 0), "currency": "CNY"}
        due = (at_once + timedelta(days=7 * position)).date()
        row = {**about, **sums, "contract_id": contract, "position": position, "kind": what, "due_on": due}
        found[Receivable].append({**row, "made_at": at_once})
        if is_paid:
            receipt = len(found[Receipt]) + 1
            came = {"dealer_id": about["dealer_id"], "way": ReceiptWay.TRANSFER, "currency": "CNY", "received_on": due}
            kept = {"amount": Decimal(amount), "used": Decimal(amount), "recorded_at": at_once, "confirmed_at": at_once}
            found[Receipt].append({**came, **kept})
            posted = {"kind": PostingKind.ALLOCATION, "amount": Decimal(amount), "at": at_once}
            found[Posting].append({"receivable_id": owed, "receipt_id": receipt, **posted})


def look(client: FlaskClient, address: str) -> Cost:
    def ask() -> None:
        assert client.get(address).status_code == 200, address

    return cost_of(ask, with_postgres=client.application.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"))


def _addresses(event: Event) -> Iterator[str]:
    yield "/account"
    yield "/"
    yield from (f"/events/{event.slug}/report/{page}" for page in PAGES)


def measure(app: Flask, guests: int, events: int, each: int, rounds: int) -> None:
    began = time.monotonic()
    director, event = fill(app, guests, events, each)
    print(f"{app.config['SQLALCHEMY_DATABASE_URI'][:10]}: filled in {time.monotonic() - began:.0f} s", flush=True)
    client = app.test_client()
    Builder(app).sign_in(client, director)
    for address in _addresses(event):
        look(client, address)
        with noted(app) as seen:
            client.get(address)
        costs = [look(client, address) for _ in range(rounds)]
        cpu, database = [each.cpu for each in costs], [each.database for each in costs]
        print(
            f"  CPU {at(cpu, 0.5):7.1f} p95 {at(cpu, 0.95):7.1f} ms (database {at(database, 0.5):6.1f}),"
            f" {len(seen):3} statements  {address}",
            flush=True,
        )


def main(words: list[str] | None = None) -> int:
    """Print the figures of both databases."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.report", description=__doc__)
    parser.add_argument("--guests", type=int, default=1_000)
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--each", type=int, default=100, help="guests of each of the other events")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    asked = parser.parse_args(words)
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory() as folder:
            url = postgres.create_database("report_bench") if engine == "postgresql" else ""
            app = make_app(Path(folder), url)
            with app.app_context():
                upgrade()
            measure(app, asked.guests, asked.events, asked.each, asked.rounds)
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
        if engine == "postgresql":
            postgres.drop_database("report_bench")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
