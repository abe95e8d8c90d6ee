"""Mails about approvals: to whoever is asked, and back to whoever sells the contract. Each in their own language."""

from collections.abc import Sequence

from app.blueprints.contracts import mail
from app.blueprints.contracts.approval import queries
from app.errors import N_
from app.extensions import db
from app.models import ApprovalLevel, Contract, User

ASKED, APPROVED, RETURNED = "approval_asked", "contract_approved", "contract_returned"

_ASK_SUBJECT = N_("To approve: %(dealer)s")
_ASK = N_(
    "Hello %(name)s,\n\n"
    "%(by)s asks you to approve a contract with %(dealer)s.\n\n"
    "You see what is asked and why on one page, and can answer there, on a phone too.\n\n"
    "%(url)s\n"
)
_APPROVED_SUBJECT = N_("Approved: %(dealer)s, %(number)s")
_APPROVED = N_(
    "Hello %(name)s,\n\n"
    "the contract with %(dealer)s is approved and has the number %(number)s.\n\n"
    "Before the pen is given, look at the gate once more: it says what is still missing and who can mend it.\n\n"
    "%(url)s\n"
)
_RETURNED_SUBJECT = N_("Returned: %(dealer)s")
_RETURNED = N_(
    "Hello %(name)s,\n\n"
    "the contract with %(dealer)s was returned by %(by)s:\n\n"
    "%(remarks)s\n\n"
    "Change it and submit it again.\n\n"
    "%(url)s\n"
)


def ask(contract: Contract, levels: Sequence[ApprovalLevel], by: User) -> None:
    """Write to everybody who may answer at these levels."""
    own = queries.own_people(contract, ()) | {by.id}
    people = {user.id: user for level in levels for user in queries.approvers(level, own)}
    path = f"/contracts/approvals/{contract.id}"
    _post(contract, list(people.values()), ASKED, _ASK_SUBJECT, _ASK, N_("Look and decide"), path, by=by.name)


def tell_approved(contract: Contract, by_id: int) -> None:
    """Tell the seller that the contract may be signed."""
    number = contract.number or ""
    path = _path(contract, "/gate")
    _post(
        contract,
        _sellers(contract, by_id),
        APPROVED,
        _APPROVED_SUBJECT,
        _APPROVED,
        N_("Open the gate"),
        path,
        number=number,
    )


def tell_returned(contract: Contract, by_id: int, remarks: str) -> None:
    """Tell the seller what has to be changed."""
    by = db.session.get_one(User, by_id).name
    to, path = _sellers(contract, by_id), _path(contract, "/edit")
    _post(contract, to, RETURNED, _RETURNED_SUBJECT, _RETURNED, N_("Change it"), path, by=by, remarks=remarks)


def _path(contract: Contract, rest: str) -> str:
    assert contract.event is not None
    return f"/events/{contract.event.slug}/contracts/{contract.id}{rest}"


def _sellers(contract: Contract, by_id: int) -> list[User]:
    asked_by = {row.asked_by_id for row in queries.round_of(contract)}
    ids = ({contract.rep_id} | asked_by) - {None, by_id}
    return [user for user_id in sorted(each for each in ids if each) if (user := db.session.get(User, user_id))]


def _post(
    contract: Contract,
    people: Sequence[User],
    template: str,
    subject: str,
    text: str,
    button: str,
    path: str,
    **values: str,
) -> None:
    asked_at = contract.submitted_at.timestamp() if contract.submitted_at else 0
    key = f"{template}:{contract.id}:{asked_at:.6f}"
    words = (subject, text, button)
    mail.post(people, template, words, path, key, event=contract.event, dealer=contract.dealer.company, **values)
