"""Loading a contract for its page in the register, and writing down that somebody did."""

from typing import Any

from flask import Response, current_app

from app import clock, extensions, files
from app.access import Permission
from app.blueprints.contracts.register import actions, queries
from app.extensions import db
from app.models import Contract, File, OpenedPart
from app.web.identity import me
from app.web.load import found

P = Permission


def limit() -> int | None:
    """The person the register is limited to: None for those who may see everybody's contracts."""
    person = me()
    return None if person.can(P.VIEW_ALL_CONTRACTS, None) else person.id


def the_record(contract_id: int) -> tuple[Contract, bool]:
    """Return a contract, and whether it is open to this person only because it was released; 404 when it is not."""
    contract = found(queries.record(contract_id))
    person_id = limit()
    if person_id is None or contract.rep_id == person_id:
        return contract, False
    return found(contract if queries.is_let_in(contract, person_id, clock.now()) else None), True


def note(contract_id: int, part: OpenedPart, *, name: str = "", by_release: bool = False) -> None:
    """Write down, in a transaction of its own, that this person opened a contract.

    Call it last: the answer is ready by then, and what was read for it is given up, so that the write does not have
    to follow a read in the same transaction.
    """
    person_id = me().id
    db.session.rollback()
    extensions.expect_writing()
    actions.note_opening(contract_id, person_id, part, name=name, by_release=by_release)
    db.session.commit()


def sent(contract: Contract, file: File, part: OpenedPart, *, by_release: bool, download: bool = False) -> Any:
    """Answer with a file of a contract and write down that it was taken."""
    content = files.read(file, folder=current_app.config["SIGNING_DAY_HOME"])
    answer = Response(content, content_type=file.media_type)
    answer.headers.set("Content-Disposition", "attachment" if download else "inline", filename=file.name)
    answer.headers["Cache-Control"] = "private, no-store"
    note(contract.id, part, name=file.name, by_release=by_release)
    return answer
