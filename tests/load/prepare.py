"""CPU of preparing contracts in bulk: drafted, submitted, approved and their documents made, for each contract."""

import argparse
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from app.access import Role
from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.bulk import jobs
from app.extensions import db
from app.jobs import start
from app.models import Base, Contract, ContractState, Job, Readiness, TemplateLanguage, User
from tests.build import Builder
from tests.build import contracts as build_contracts
from tests.conftest import make_app
from tests.load.contracts import shipped


def timed(label: str, count: int, work: Callable[[], None]) -> float:
    """Do it and print the CPU seconds for each contract."""
    began = time.process_time()
    work()
    each = (time.process_time() - began) / count
    print(f"{label:>28} {each:>8.4f} s of CPU each", flush=True)
    return each


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches the progress of a bench."""


def _run(kind: str, event_id: int, arguments: dict[str, object], by_id: int) -> None:
    job = start(kind, event_id=event_id, arguments=arguments, by_id=by_id)
    db.session.commit()
    {each.name: each.run for each in jobs.KINDS}[kind](db.session.get_one(Job, job.id), _quiet)


def _submit(by: User) -> None:
    for contract in db.session.query(Contract):
        contract.values = {"assessment": "quarterly"}
        approval.submit(contract, by)
    db.session.commit()


def measure(build: Builder, count: int) -> None:
    """Prepare so many contracts from the shipped distribution agreement, each with a territory of its own."""
    event = build.event()
    rep, manager, director = (build.user(role) for role in (Role.SALES_REP, Role.SALES_MANAGER, Role.DIRECTOR))
    with build.app.app_context():
        version_id = shipped(TemplateLanguage.ZH).id
        db.session.commit()
    line, country = build_contracts.line(build), build_contracts.region(build)
    guests = []
    for number in range(count):
        amount = Decimal(100_000 + number)
        guest = build.invitation(event, rep_id=rep.id, readiness=Readiness.READY, expected_amount=amount)
        dealer = type(rep)(id=guest.dealer_id)
        region = build_contracts.region(build, country)
        build_contracts.grant(build, dealer, region, line, event_id=event.id)  # type: ignore[arg-type]
        guests.append(guest.id)
    with build.app.app_context():
        told: dict[str, object] = {"guests": guests, "version_id": version_id, "package_id": None}
        total = timed("drafted", count, lambda: _run(jobs.DRAFT, event.id, told, rep.id))
        total += timed("submitted", count, lambda: _submit(db.session.get_one(User, rep.id)))
        ids = list(db.session.scalars(db.select(Contract.id)))
        for who in (manager, director):
            said = f"approved by {who.roles[0].value}"
            total += timed(said, count, lambda by=who.id: _run(jobs.APPROVE, event.id, {"contracts": ids}, by))  # type: ignore[misc]
        made = db.session.query(Contract).filter_by(state=ContractState.APPROVED).count()
    print(f"{'all of it':>28} {total:>8.4f} s of CPU each; {made} of {count} approved with documents", flush=True)


def main(words: list[str] | None = None) -> int:
    """Print what each step of preparing contracts costs."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.prepare", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    count = parser.parse_args(words).count
    with tempfile.TemporaryDirectory() as home:
        app = make_app(Path(home))
        with app.app_context():
            Base.metadata.create_all(db.engine)
        measure(Builder(app), count)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
