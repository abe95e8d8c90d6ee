"""Processes that give numbers at the same time, some of which roll back."""

import multiprocessing
from collections.abc import Mapping, Sequence
from typing import Any

from app import create_app
from app.blueprints.contracts.approval import numbers
from app.blueprints.contracts.rules.numbers import STANDARD
from app.extensions import db
from app.models import Contract

_CONTEXT = multiprocessing.get_context("forkserver")


def _run(settings: Mapping[str, str], ids: Sequence[int], barrier: Any, faults: Any) -> None:
    app = create_app(settings, TESTING=True)
    with app.app_context():
        barrier.wait(60)
        for place, contract_id in enumerate(ids):
            try:
                if place % 3 == 0:  # the first try is lost, as when the program stops
                    numbers.give(db.session.get_one(Contract, contract_id), STANDARD)
                    db.session.rollback()
                numbers.give(db.session.get_one(Contract, contract_id), STANDARD)
                db.session.commit()
            except Exception as fault:  # noqa: BLE001 - the test looks at it
                db.session.rollback()
                faults.put(repr(fault))
        faults.put("")


def race(settings: Mapping[str, str], shares: Sequence[Sequence[int]]) -> list[str]:
    """Let one process per share give numbers to its contracts; return what went wrong."""
    barrier, faults = _CONTEXT.Barrier(len(shares)), _CONTEXT.Queue()
    processes = [
        _CONTEXT.Process(target=_run, args=(dict(settings), list(ids), barrier, faults), daemon=True) for ids in shares
    ]
    for process in processes:
        process.start()
    found, done = [], 0
    while done < len(processes):
        said = faults.get(timeout=120)
        done += not said
        found += [said] if said else []
    for process in processes:
        process.join(60)
    return found
