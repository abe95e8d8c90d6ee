"""Several contracts countersigned at one go, each sealed by itself and committed by itself."""

from typing import Any

from flask import current_app

from app import journal
from app.blueprints.contracts import queries as contracts
from app.blueprints.signing.countersign import actions, making, queries
from app.blueprints.signing.countersign.making import Pen, Tools
from app.blueprints.signing.rules.officers import NoSignatureKept
from app.blueprints.signing.trail import Witness
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.jobs import JobKind, Progress
from app.models import Job, User
from app.sealing import certificate, timestamps

KIND = "countersign"


def run(job: Job, progress: Progress) -> None:
    """Countersign each contract of the job. One that is sealed already is left alone, so a crash costs nothing.

    A contract that cannot be sealed stops no other; the last reason fails the job in the end, so that it is seen.
    """
    told: dict[str, Any] = dict(job.arguments)
    user_id = job.created_by_id
    actor = journal.Actor(job.created_by.name if job.created_by else "system", user_id, told["address"])
    config = current_app.config
    tools = Tools(config["SIGNING_DAY_HOME"], certificate.ours(config), timestamps.server(config))
    fault: SigningDayError | None = None
    for done, contract_id in enumerate(told["contracts"]):
        progress(done, len(told["contracts"]))
        journal.act_as(actor)
        try:
            _one(contract_id, user_id, told, tools)
        except SigningDayError as error:
            db.session.rollback()
            fault = error
    progress(len(told["contracts"]), len(told["contracts"]))
    if fault is not None:
        raise fault


def _one(contract_id: int, user_id: int | None, told: dict[str, Any], tools: Tools) -> None:
    db.session.rollback()
    with reading_only():
        if queries.seal_of(contract_id) is not None:
            return
        officer = db.session.get_one(User, user_id)
        kept = queries.signature_of(officer.id)
        if kept is None:
            raise NoSignatureKept
        witness = Witness(actor=officer.name, address=told["address"], device=told["device"])
        # The id is that of the job, so a contract that the crash left half way is signed once all the same.
        pen = Pen(f"{told['key']}-{contract_id}", list(kept.strokes), officer, told["title"], witness)
        contract = contracts.contract(contract_id)
        if contract is None:
            return
        made = making.make(contract, pen, tools)
        db.session.rollback()
    contract = contracts.contract(contract_id)
    assert contract is not None
    actions.countersign(contract, made, tools.folder)
    db.session.commit()


KINDS = (JobKind(KIND, run),)
