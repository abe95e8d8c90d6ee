"""What comes back about contracts."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.blueprints.contracts.rules.approving import is_approved
from app.blueprints.contracts.rules.life import Need
from app.extensions import db
from app.models import (
    Approval,
    Contract,
    Event,
    Invitation,
    Mark,
    Party,
    ProblemAccount,
    TerritoryGrant,
    User,
)

_OF_GRANT = selectinload(Contract.grants)
WHOLE = (
    joinedload(Contract.dealer),
    joinedload(Contract.event),
    joinedload(Contract.rep),
    joinedload(Contract.package),
    joinedload(Contract.template_version),
    joinedload(Contract.invitation).joinedload(Invitation.rep),
    _OF_GRANT.joinedload(TerritoryGrant.region),
    _OF_GRANT.joinedload(TerritoryGrant.line),
    _OF_GRANT.joinedload(TerritoryGrant.channel),
    selectinload(Contract.payment_terms),
    selectinload(Contract.approvals).joinedload(Approval.decided_by),
)


def contracts(event: Event | None = None, only_of: int | None = None) -> Select[Contract]:
    """Select the contracts of an event, or all; with `only_of` those this person is the rep of."""
    statement = select(Contract)
    if event is not None:
        statement = statement.where(Contract.event_id == event.id)
    return statement if only_of is None else statement.where(Contract.rep_id == only_of)


def contract(contract_id: int, *, event: Event | None = None, only_of: int | None = None) -> Contract | None:
    """Return one contract with what its pages show, when this person may see it."""
    statement = contracts(event, only_of).where(Contract.id == contract_id)
    return db.session.scalar(statement.options(*WHOLE))


def what_is_there(contract: Contract) -> frozenset[Need]:
    """Return which needs of its life a contract meets by its rows; the gate is worked out by `gate.queries`."""
    approvals = db.session.scalars(select(Approval).where(Approval.contract_id == contract.id))
    has = {Need.APPROVAL} if is_approved(approvals, contract.submitted_at) else set()
    if contract.number:
        has.add(Need.NUMBER)
    if contract.document_id is not None:
        has.add(Need.DOCUMENT)
    marks = db.session.execute(select(Mark.party, Mark.document_sha256).where(Mark.contract_id == contract.id))
    ours = contract.document.sha256 if contract.document else None
    parties = {party for party, sha256 in marks if sha256 == ours}
    has |= {need for party, need in _NEED_OF.items() if party in parties}
    return frozenset(has)


_NEED_OF = {Party.DEALER: Need.DEALER_MARK, Party.COMPANY: Need.COMPANY_MARK}


def reps(event: Event) -> dict[int, str]:
    """Return the names of all who sell a contract of this event."""
    sells = select(Contract.rep_id).where(Contract.event_id == event.id).distinct()
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(sells)).order_by(User.name))
    return dict(rows.all())


def amendments(contract: Contract) -> list[Contract]:
    """Return the amendments of a contract, oldest first."""
    return list(db.session.scalars(select(Contract).where(Contract.amends_id == contract.id).order_by(Contract.id)))


def chosen(event: Event, ids: Collection[int], only_of: int | None = None) -> list[Contract]:
    """Return those of the ids that are contracts of this event which the person may see, in the order of ids."""
    statement = contracts(event, only_of).where(Contract.id.in_(ids)).order_by(Contract.id)
    return list(db.session.scalars(statement.options(*WHOLE)))


def supply_stopped(dealer_ids: Collection[int]) -> set[int]:
    """Return which of these dealers are not supplied now, as it was decided on their problem accounts."""
    stopped = select(ProblemAccount.dealer_id).where(
        ProblemAccount.dealer_id.in_(dealer_ids),
        ProblemAccount.closed_at.is_(None),
        ProblemAccount.supply_stopped_at.is_not(None),
    )
    return set(db.session.scalars(stopped))
