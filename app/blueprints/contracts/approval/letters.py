"""Mails about approvals: to whoever is asked, and back to whoever sells the contract. Each in their own language."""

from collections.abc import Sequence

from app.blueprints.contracts import mail
from app.blueprints.contracts.approval import queries
from app.extensions import db
from app.models import ApprovalLevel, Contract, User

ASKED, APPROVED, RETURNED = "approval_asked", "contract_approved", "contract_returned"


def ask(contract: Contract, levels: Sequence[ApprovalLevel], by: User) -> None:
    """Write to everybody who may answer at these levels."""
    own = queries.own_people(contract, ()) | {by.id}
    people = {user.id: user for level in levels for user in queries.approvers(level, own)}
    path = f"/contracts/approvals/{contract.id}"
    _post(contract, list(people.values()), ASKED, path, by=by.name)


def tell_approved(contract: Contract, by_id: int) -> None:
    """Tell the seller that the contract may be signed."""
    _post(contract, _sellers(contract, by_id), APPROVED, _path(contract, "/gate"), by=_name(by_id))


def tell_returned(contract: Contract, by_id: int, remarks: str) -> None:
    """Tell the seller what has to be changed."""
    path = _path(contract, "/edit")
    _post(contract, _sellers(contract, by_id), RETURNED, path, by=_name(by_id), remarks=remarks)


def _name(user_id: int) -> str:
    return db.session.get_one(User, user_id).name


def _path(contract: Contract, rest: str) -> str:
    assert contract.event is not None
    return f"/events/{contract.event.slug}/contracts/{contract.id}{rest}"


def _sellers(contract: Contract, by_id: int) -> list[User]:
    asked_by = {row.asked_by_id for row in queries.round_of(contract)}
    ids = ({contract.rep_id} | asked_by) - {None, by_id}
    return [user for user_id in sorted(each for each in ids if each) if (user := db.session.get(User, user_id))]


def _post(contract: Contract, people: Sequence[User], template: str, path: str, **values: str) -> None:
    asked_at = contract.submitted_at.timestamp() if contract.submitted_at else 0
    key = f"{template}:{contract.id}:{asked_at:.6f}"
    given = {"dealer": contract.dealer.company, "number": contract.number or "", **values}
    mail.post(people, template, path, key, event=contract.event, **given)
