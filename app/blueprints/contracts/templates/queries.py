"""What the pages of templates look up. A version is always found through its template, a clause through its version."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.blueprints.contracts.document.sources import SOURCES
from app.blueprints.contracts.templates.rules.checking import Report, check
from app.extensions import db
from app.models import (
    Clause,
    Contract,
    ContractKind,
    ContractTemplate,
    Dealer,
    JournalEntry,
    TemplateState,
    TemplateVariable,
    TemplateVersion,
)

MOST_DEALERS = 50
LARGEST_ID = 2**31 - 1
# What somebody did who has had a hand in a version's text.
EDITS = frozenset({"template.created", "template.version_made", "template.edited", "template.submitted"})


def templates() -> list[ContractTemplate]:
    """Return all templates with their versions, the active ones first."""
    statement = (
        select(ContractTemplate)
        .options(selectinload(ContractTemplate.versions).joinedload(TemplateVersion.decided_by))
        .order_by(ContractTemplate.is_active.desc(), ContractTemplate.id)
    )
    return list(db.session.scalars(statement))


def template(key: str) -> ContractTemplate | None:
    return db.session.scalar(select(ContractTemplate).where(ContractTemplate.key == key))


def version(key: str, number: int) -> TemplateVersion | None:
    """Return one version with its clauses and variables."""
    return db.session.scalar(
        select(TemplateVersion)
        .join(TemplateVersion.template)
        .where(ContractTemplate.key == key, TemplateVersion.number == number)
        .options(
            joinedload(TemplateVersion.template),
            selectinload(TemplateVersion.clauses),
            selectinload(TemplateVersion.variables),
        )
    )


def clause(of: TemplateVersion, clause_id: int) -> Clause | None:
    return next((each for each in of.clauses if each.id == clause_id), None)


def variable(of: TemplateVersion, variable_id: int) -> TemplateVariable | None:
    return next((each for each in of.variables if each.id == variable_id), None)


def report(of: TemplateVersion) -> Report:
    """Return what is wrong with a version, and what is worth a look."""
    return check(of, of.template.kind, {key: source.kind for key, source in SOURCES.items()})


def usable(kind: ContractKind) -> list[TemplateVersion]:
    """Return the versions that contracts of a kind may be made from: approved, of an active template."""
    statement = (
        select(TemplateVersion)
        .join(TemplateVersion.template)
        .where(
            TemplateVersion.state == TemplateState.APPROVED,
            ContractTemplate.is_active,
            ContractTemplate.kind == kind,
        )
        .options(joinedload(TemplateVersion.template))
        .order_by(ContractTemplate.id, TemplateVersion.number.desc())
    )
    return list(db.session.scalars(statement))


def has_edited(user_id: int, of: TemplateVersion) -> bool:
    """Tell whether a person made the version, changed it or submitted it."""
    if of.created_by_id == user_id:
        return True
    statement = (
        select(JournalEntry.id)
        .where(
            JournalEntry.subject_kind == TemplateVersion.__tablename__,
            JournalEntry.subject_id == of.id,
            JournalEntry.actor_id == user_id,
            JournalEntry.action.in_(EDITS),
        )
        .limit(1)
    )
    return db.session.scalar(statement) is not None


def dealers() -> list[Dealer]:
    """Return dealers to preview with, by name; of a long file the first ones."""
    return list(db.session.scalars(select(Dealer).order_by(Dealer.sort_key, Dealer.id).limit(MOST_DEALERS)))


def dealer(dealer_id: int | None) -> Dealer | None:
    return db.session.get(Dealer, dealer_id) if dealer_id and 0 < dealer_id <= LARGEST_ID else None


def newest_contract(of: Dealer) -> Contract | None:
    """Return the dealer's latest contract, whose terms make a preview real."""
    statement = select(Contract).where(Contract.dealer_id == of.id).order_by(Contract.id.desc()).limit(1)
    return db.session.scalar(statement)
