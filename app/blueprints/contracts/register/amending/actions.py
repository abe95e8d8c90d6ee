"""Drafting amendments and renewals, with the territory for the days they add. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app import clock, journal
from app.blueprints.contracts.drafting import actions as drafting
from app.blueprints.contracts.drafting.typed import values_of
from app.blueprints.contracts.register.amending import queries
from app.blueprints.contracts.register.rules.in_force import REPLACED, Term
from app.blueprints.territories import actions as territories
from app.blueprints.territories.rules.taken import AlreadyHeld, TerritoryClosed, TerritoryTaken
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    Contract,
    ContractGoods,
    ContractKind,
    ContractState,
    ContractTarget,
    Invitation,
    PaymentTerm,
    TemplateVersion,
    TerritoryGrant,
    User,
)

_HOLD = timedelta(days=14)  # at least so long the territory of the days to come is held for the same dealer
_GOES_ON = frozenset({ContractState.COUNTERSIGNED, ContractState.FILED, ContractState.ENDED})
_KEPT = (
    *("kind", "dealer_id", "rep_id", "tier", "currency", "total", "deposit", "deposit_refund", "discount_percent"),
    *("rebate_percent", "credit_days", "signatory_kind", "signatory", "signatory_title", "signatory_mobile"),
)


class NotToRenew(SigningDayError):
    """Only a contract that both have signed is followed by another."""

    code = "not_to_renew"
    sentence = N_("Only a contract signed by both sides is renewed, and an amendment is not renewed by itself.")


class RenewedAlready(SigningDayError):
    """The next contract is drafted already."""

    code = "renewed_already"
    sentence = N_("The next contract of this dealer is drafted already.")


class NoTemplate(SigningDayError):
    """There is no approved template to draft from."""

    code = "no_template"
    sentence = N_("There is no approved template for this kind of contract yet.")


class EndsTooEarly(SigningDayError):
    """The new last day lies before the contract's first."""

    code = "ends_too_early"
    sentence = N_("The new last day lies before the contract’s first day.")


def amend(
    first: Contract,
    terms: Sequence[Term],
    version: TemplateVersion,
    by: User,
    *,
    ends_on: date | None,
    more: Decimal,
    more_deposit: Decimal,
) -> tuple[Contract, list[str]]:
    """Draft an amendment of what is in force, and hold the contract's territories for the days it adds.

    Returns it with the names of territories that are promised to somebody else then.
    """
    if ends_on and first.starts_on and ends_on < first.starts_on:
        raise EndsTooEarly
    copy = drafting.amend(first, version, by)
    now_in_force = {term.name: term.value for term in terms}
    for name in REPLACED:
        setattr(copy, name, now_in_force[name])
    last = copy.ends_on
    copy.ends_on, copy.total, copy.deposit = ends_on or last, more, more_deposit
    missed: list[str] = []
    if ends_on and last and ends_on > last:
        papers = sorted({paper.id for term in terms for paper in term.papers})
        missed = _hold(copy, queries.signed_grants(papers), last + timedelta(days=1), ends_on, by)
    db.session.flush()
    return copy, missed


def renew(
    contract: Contract, last: date, version: TemplateVersion | None, invitation: Invitation | None, by: User
) -> tuple[Contract, list[str]]:
    """Draft the contract that follows one: the same terms for as long again, from the day after its last day."""
    if contract.state not in _GOES_ON or contract.kind is ContractKind.AMENDMENT or contract.starts_on is None:
        raise NotToRenew
    if queries.renewal_of(contract, last) is not None:
        raise RenewedAlready
    if version is None:
        raise NoTemplate
    length = (contract.ends_on or last) - contract.starts_on
    shift = last + timedelta(days=1) - contract.starts_on
    event = invitation.event if invitation else contract.event
    copy = Contract(
        **{name: getattr(contract, name) for name in _KEPT},
        event_id=event.id if event else None,
        invitation_id=invitation.id if invitation else None,
        template_version_id=version.id,
        starts_on=last + timedelta(days=1),
        ends_on=last + timedelta(days=1) + length,
        created_at=clock.now(),
        created_by_id=by.id,
        search_key=contract.search_key,
        values=dict(values_of(contract)),
        goods=[_again(row, ContractGoods) for row in contract.goods],
        targets=[_again(row, ContractTarget, shift) for row in contract.targets],
        payment_terms=[_again(row, PaymentTerm, shift) for row in contract.payment_terms],
    )
    db.session.add(copy)
    db.session.flush()
    journal.record("contract.drafted", copy, changes={"renews": [None, contract.number]})
    assert copy.starts_on is not None
    assert copy.ends_on is not None
    missed = _hold(copy, queries.signed_grants([contract.id]), copy.starts_on, copy.ends_on, by)
    db.session.flush()
    return copy, missed


def _again(row: Any, kind: Any, shift: timedelta = timedelta()) -> Any:
    """The same row for another contract, its days moved; what was achieved of a target does not go along."""
    left_out = {"id", "contract_id", "achieved", "achieved_from", "achieved_at"}
    values = {column.key: getattr(row, column.key) for column in kind.__table__.columns if column.key not in left_out}
    return kind(**{name: value + shift if isinstance(value, date) else value for name, value in values.items()})


def _hold(contract: Contract, grants: Sequence[TerritoryGrant], first: date, last: date, by: User) -> list[str]:
    """Hold the same territories for other days and tie them to a contract; return those that cannot be had."""
    missed, held = [], []
    for grant in grants:
        try:
            held.append(
                territories.hold(
                    contract.event,
                    contract.dealer,
                    grant.region,
                    grant.line,
                    grant.channel,
                    exclusive=grant.is_exclusive,
                    starts_on=first,
                    ends_on=last,
                    by=by,
                    until=_until(),
                )
            )
        except (TerritoryTaken, TerritoryClosed, AlreadyHeld):
            missed.append(grant.region.name)
    territories.tie(held, contract)
    db.session.expire(contract, ["grants"])
    return missed


def _until() -> datetime:
    return clock.now() + _HOLD
