"""Drafting and approving many contracts in the worker, with progress, and a result for every dealer."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from app import clock, journal
from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.approval.jobs import make_and_freeze_all
from app.blueprints.contracts.bulk import queries
from app.blueprints.contracts.drafting import actions as drafting
from app.blueprints.contracts.drafting import queries as sources
from app.blueprints.contracts.rules.approving import Approver
from app.blueprints.territories import actions as territories
from app.errors import SigningDayError
from app.extensions import db
from app.jobs import JobKind, Progress
from app.models import Contract, Event, Invitation, Job, Package, TemplateVersion, TerritoryGrant, User

DRAFT, APPROVE = "draft_contracts", "approve_contracts"
_LEAST_HOLD = timedelta(hours=2)
_AT_ONCE = 20  # in one transaction: short enough that nobody waits
# Why a dealer was passed over, beside the codes of errors.
HAS_ONE, NO_SUM = "has_contract", "no_expected_amount"


def draft_all(job: Job, progress: Progress) -> None:
    """Draft a contract for each guest of the job. One that was drafted before a crash is not drafted again."""
    told: dict[str, Any] = dict(job.arguments)
    event = db.session.get_one(Event, job.event_id)
    by = db.session.get_one(User, job.created_by_id)
    version = db.session.get_one(TemplateVersion, told["version_id"])
    package = db.session.get(Package, told["package_id"]) if told.get("package_id") else None
    holds = bool(told.get("holds"))
    _act_as(by)
    results: list[list[Any]] = []
    ids = told["guests"]
    for some in _pieces(ids):
        guests = db.session.scalars(
            select(Invitation).where(Invitation.id.in_(some), Invitation.event_id == event.id).order_by(Invitation.id)
        ).all()
        have = queries.contracts_of(event, [guest.dealer_id for guest in guests])
        grants = sources.open_grants([guest.dealer_id for guest in guests], event)
        results += [_drafted(event, guest, version, package, by, have, grants, holds=holds) for guest in guests]
        _keep(job, results)
        db.session.commit()
        progress(min(len(results), len(ids)), len(ids))


def _drafted(
    event: Event,
    guest: Invitation,
    version: TemplateVersion,
    package: Package | None,
    by: User,
    have: dict[int, Contract],
    grants: dict[int, Any],
    *,
    holds: bool,
) -> list[Any]:
    """[company, code, contract id]; an empty code means that it was made."""
    if guest.dealer_id in have:
        return [guest.dealer.company, HAS_ONE, have[guest.dealer_id].id]
    if not guest.expected_amount:
        return [guest.dealer.company, NO_SUM, None]
    held = grants.get(guest.dealer_id, [])
    contract = drafting.draft(
        event,
        guest.dealer,
        version,
        invitation=guest,
        grants=held or (_held(event, guest, by) if holds else []),
        package=package,
        by=by,
    )
    return [guest.dealer.company, "", contract.id]


def _held(event: Event, guest: Invitation, by: User) -> list[TerritoryGrant]:
    """Hold the region of the dealer's city that the event offers, if it is free; else the draft goes without."""
    for offer in queries.offers_for(event, guest.dealer.city):
        days = queries.usual_days(event)
        try:
            with db.session.begin_nested():
                grant = territories.hold(
                    event,
                    guest.dealer,
                    offer.region,
                    offer.line,
                    offer.channel,
                    exclusive=offer.is_exclusive,
                    starts_on=days[0],
                    ends_on=days[1],
                    by=guest.rep or by,
                    until=max(event.ends_at, clock.now() + _LEAST_HOLD),
                )
        except SigningDayError:
            continue
        return [grant]
    return []


def approve_all(job: Job, progress: Progress) -> None:
    """Approve what this person may approve, each in a transaction of its own, then make the documents."""
    told: dict[str, Any] = dict(job.arguments)
    by = db.session.get_one(User, job.created_by_id)
    _act_as(by)
    approver = Approver(by.id, by.permissions)
    ids, results = list(told["contracts"]), list[list[Any]]()
    approved: list[int] = []
    for contract_id in ids:
        results.append(_approved(contract_id, approver, approved))
        progress(len(results), 2 * len(ids))
    done = len(ids)
    for some in _pieces(approved):
        make_and_freeze_all(some, folder=current_app.config["SIGNING_DAY_HOME"])
        done += len(some)
        progress(done, 2 * len(ids))
    _keep(job, results)
    progress(2 * len(ids), 2 * len(ids))
    db.session.commit()


def _approved(contract_id: int, by: Approver, approved: list[int]) -> list[Any]:
    contract = db.session.get(Contract, contract_id)
    if contract is None:
        return ["", "not_asked", None]
    company = contract.dealer.company
    try:
        whole = approval.approve(contract, by, pattern=current_app.config["CONTRACT_NUMBER_FORMAT"])
        db.session.commit()
    except SigningDayError as fault:
        db.session.rollback()
        return [company, fault.code, contract_id]
    except StaleDataError:
        db.session.rollback()
        return [company, "stale_change", contract_id]
    if whole:
        approved.append(contract_id)
    return [company, "", contract_id]


def _act_as(by: User) -> None:
    journal.act_as(journal.Actor(by.name, by.id))


def _keep(job: Job, results: Sequence[list[Any]]) -> None:
    job.arguments = {**job.arguments, "results": [list(row) for row in results]}


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


KINDS = (JobKind(DRAFT, draft_all), JobKind(APPROVE, approve_all))
