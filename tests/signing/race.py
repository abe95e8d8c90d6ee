"""Officers as processes: several at the same contract in the same instant, or one that is killed before its commit."""

import multiprocessing
import os
import signal
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import event

from app import create_app
from app.blueprints.contracts import queries as contracts
from app.blueprints.signing.countersign import actions, making
from app.blueprints.signing.countersign.making import Pen, Tools
from app.blueprints.signing.trail import Witness
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.models import User
from app.sealing import certificate
from tests.signing.sitting import STROKES

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


def _sign(app: Any, contract_id: int, officer_id: int, barrier: Any) -> str:
    tools = Tools(app.config["SIGNING_DAY_HOME"], certificate.ours(app.config))
    try:
        with reading_only():
            officer = db.session.get_one(User, officer_id)
            pen = Pen(f"race-{contract_id:06d}-{officer_id:06d}", STROKES, officer, "", Witness(officer.name))
            contract = contracts.contract(contract_id)
            assert contract is not None
            made = making.make(contract, pen, tools)
            db.session.rollback()
        if barrier is not None:
            barrier.wait(60)
        contract = contracts.contract(contract_id)
        assert contract is not None
        actions.countersign(contract, made, tools.folder)
        db.session.commit()
    except SigningDayError as error:
        db.session.rollback()
        return error.code
    except Exception as error:  # noqa: BLE001 - the test looks at it
        db.session.rollback()
        return repr(error)
    finally:
        db.session.remove()
    return "sealed"


def _run(settings: Mapping[str, str], ids: Sequence[int], officer_id: int, barrier: Any, results: Any) -> None:
    app = create_app(settings, TESTING=True)
    with app.app_context():
        results.put([_sign(app, contract_id, officer_id, barrier) for contract_id in ids])


def race(settings: Mapping[str, str], ids: Sequence[int], officers: Sequence[int]) -> list[list[str]]:
    """Let one process per officer countersign all contracts, each in the same instant; what each was told."""
    barrier, results = _CONTEXT.Barrier(len(officers)), _CONTEXT.Queue()
    processes = [
        _CONTEXT.Process(target=_run, args=(dict(settings), ids, officer, barrier, results), daemon=True)
        for officer in officers
    ]
    for process in processes:
        process.start()
    said = [results.get(timeout=120) for _ in processes]
    for process in processes:
        process.join(30)
    return said


def _die(settings: Mapping[str, str], contract_id: int, officer_id: int) -> None:
    app = create_app(settings, TESTING=True)
    with app.app_context():

        @event.listens_for(db.session, "before_commit")
        def _(_session: Any) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        _sign(app, contract_id, officer_id, None)


def killed(settings: Mapping[str, str], contract_id: int, officer_id: int) -> int | None:
    """Let a process seal a contract and be killed in the instant before its commit; its exit code."""
    process = _CONTEXT.Process(target=_die, args=(dict(settings), contract_id, officer_id))
    process.start()
    process.join(60)
    return process.exitcode
