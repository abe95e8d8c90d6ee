"""What the register asks the database: which contracts there are, which this person may open, and one in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.blueprints.contracts import queries as contracts
from app.blueprints.contracts.register.rules.wanted import Wanted, number_in
from app.extensions import db
from app.models import (
    Contract,
    ContractAttachment,
    ContractKind,
    ContractState,
    Dealer,
    Event,
    LookupRequest,
    OpenedPart,
    Opening,
    Region,
    Seal,
    Step,
    TerritoryGrant,
    User,
)
from app.names import search_patterns

ZONE = "Asia/Shanghai"
MOST_DEALERS = 300  # whose contracts one search shows: enough to see that more has to be typed
MOST_NUMBERS = 500
_MOST_PLACES = 30

IN_FORCE = (ContractState.COUNTERSIGNED, ContractState.FILED)


def released(user_id: int, now: datetime) -> list[int]:
    """Return the ids of contracts that were released to somebody and still are."""
    granted = (LookupRequest.user_id == user_id, LookupRequest.is_granted, LookupRequest.until > now)
    return list(db.session.scalars(select(LookupRequest.contract_id).where(*granted).distinct()))


def seen_by(user_id: int | None, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions that limit contracts to what a person may open; None: everything.

    What was released to them is looked up first: an "or" with a query of its own would keep the database from every
    index, and for nearly everybody there is nothing.
    """
    if user_id is None:
        return []
    own, more = Contract.rep_id == user_id, released(user_id, now)
    return [or_(own, Contract.id.in_(more)) if more else own]


@dataclass(frozen=True)
class Found:
    """What a search has found so far: dealers by name, contracts by number."""

    dealers: Sequence[int] = ()
    numbers: Sequence[int] = ()
    is_cut: bool = False  # there are more; more has to be typed

    @property
    def condition(self) -> ColumnElement[bool]:
        either = []
        if self.dealers:
            either.append(Contract.dealer_id.in_(self.dealers))
        if self.numbers:
            either.append(Contract.id.in_(self.numbers))
        return or_(*either) if either else false()


def search(typed: str) -> Found:
    """Find dealers and numbers for what was typed, each up to a bound. A whole number is that one contract."""
    number = number_in(typed)
    if number and (known := db.session.scalar(select(Contract.id).where(Contract.number == number))):
        return Found(numbers=(known,))
    patterns = search_patterns(typed)
    dealers: list[int] = []
    if patterns:
        by_name = select(Dealer.id).where(*(Dealer.search_key.like(each) for each in patterns))
        dealers = list(db.session.scalars(by_name.order_by(Dealer.sort_key).limit(MOST_DEALERS + 1)))
    numbers: list[int] = []
    if number:
        escaped = number.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        by_number = select(Contract.id).where(Contract.number.like(f"%{escaped}%", escape="\\"))
        numbers = list(db.session.scalars(by_number.limit(MOST_NUMBERS + 1)))
    is_cut = len(dealers) > MOST_DEALERS or len(numbers) > MOST_NUMBERS
    return Found(dealers[:MOST_DEALERS], numbers[:MOST_NUMBERS], is_cut)


def narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions of the register's form."""
    found: list[ColumnElement[bool]] = []
    for column, value in ((Contract.event_id, wanted.event), (Contract.rep_id, wanted.rep)):
        if value is not None:
            found.append(column == value)
    if wanted.dealer is not None:
        found.append(Contract.dealer_id == wanted.dealer)
    found += _spans(wanted)
    if wanted.territory:
        found.append(Contract.id.in_(_of_places(wanted.territory)))
    return found


def _spans(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions of spans. Each is answered by its own narrow index first, whatever else is asked."""
    row = aliased(Contract)
    signed_from = _begin(wanted.signed_from) if wanted.signed_from else None
    signed_before = _begin(wanted.signed_to + timedelta(days=1)) if wanted.signed_to else None
    limits: tuple[tuple[Any, Any, Any], ...] = (
        (row.signed_at, signed_from, None),
        (row.ends_on, wanted.ends_from, wanted.ends_to),
        (row.total, wanted.sum_from, wanted.sum_to),
    )
    found: list[ColumnElement[bool]] = []
    for span, low, high in limits:
        within = [span >= low] if low is not None else []
        within += [span <= high] if high is not None else []
        if span is row.signed_at and signed_before is not None:
            within.append(span < signed_before)
        if within:
            found.append(Contract.id.in_(select(row.id).where(*within)))
    return found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(ZONE)).astimezone(UTC)


def _of_places(typed: str) -> Select[Any]:
    """Select the contracts with a territory in a place called so, or in anything that belongs to it."""
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    paths = list(
        db.session.scalars(
            select(Region.path)
            .where(Region.name.like(f"{escaped}%", escape="\\"))
            .order_by(func.length(Region.path), Region.path)
            .limit(_MOST_PLACES)
        )
    )
    highest = [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]
    within = or_(*(Region.path.like(f"{path}%") for path in highest)) if highest else false()
    places = select(Region.id).where(within)
    return select(TerritoryGrant.contract_id).where(
        TerritoryGrant.contract_id.is_not(None), TerritoryGrant.region_id.in_(places)
    )


def everything(wanted: Wanted, user_id: int | None, now: datetime) -> Select[Contract]:
    """Select the contracts that are wanted and that a person may open."""
    return select(Contract).where(*seen_by(user_id, now), *narrowed(wanted))


def record(contract_id: int) -> Contract | None:
    """Return one contract with all that its page in the register shows."""
    more = (
        selectinload(Contract.goods),
        selectinload(Contract.targets),
        joinedload(Contract.document),
        joinedload(Contract.amends),
    )
    return db.session.scalar(select(Contract).where(Contract.id == contract_id).options(*contracts.WHOLE, *more))


def is_let_in(contract: Contract, user_id: int, now: datetime) -> datetime | None:
    """Return until when a contract is released to somebody, None when it is not."""
    return db.session.scalar(
        select(func.max(LookupRequest.until)).where(
            LookupRequest.contract_id == contract.id,
            LookupRequest.user_id == user_id,
            LookupRequest.is_granted,
            LookupRequest.until > now,
        )
    )


def hidden(typed: str, user_id: int | None, now: datetime) -> Contract | None:
    """Return the contract of exactly this number when somebody may not open it: they may know that there is one."""
    if user_id is None or not (number := number_in(typed)):
        return None
    contract = db.session.scalar(select(Contract).where(Contract.number == number))
    if contract is None or contract.rep_id == user_id or is_let_in(contract, user_id, now):
        return None
    return contract


def whole(contract: Contract) -> list[Contract]:
    """Return a contract and its amendments in the order in which they were signed, those not yet signed last."""
    first_id = contract.amends_id or contract.id
    rows = db.session.scalars(
        select(Contract)
        .where(or_(Contract.id == first_id, Contract.amends_id == first_id))
        .options(
            selectinload(Contract.grants).joinedload(TerritoryGrant.region),
            selectinload(Contract.targets),
        )
    )
    return sorted(rows, key=lambda row: (row.id != first_id, row.signed_at is None, row.signed_at or row.created_at))


def attachments(contract: Contract) -> list[ContractAttachment]:
    """Return the files kept with a contract, oldest first."""
    statement = select(ContractAttachment).where(ContractAttachment.contract_id == contract.id)
    both = (joinedload(ContractAttachment.file), joinedload(ContractAttachment.added_by))
    return list(db.session.scalars(statement.options(*both).order_by(ContractAttachment.id)))


def events_with_contracts() -> dict[int, str]:
    """Return the names of events, newest first, for the form."""
    rows = db.session.execute(select(Event.id, Event.name).order_by(Event.starts_at.desc()).limit(200))
    return dict(rows.all())


def sellers() -> dict[int, str]:
    """Return who sells contracts, for the form."""
    sells = select(Contract.id).where(Contract.rep_id == User.id).exists()
    return dict(db.session.execute(select(User.id, User.name).where(sells).order_by(User.name)).all())


def last_day() -> Any:
    """Return the SQL of a contract's last day in force: that of its latest signed amendment, else its own."""
    amendment = aliased(Contract)
    latest = (
        select(amendment.ends_on)
        .where(
            amendment.amends_id == Contract.id,
            amendment.state.in_(IN_FORCE),
            amendment.ends_on.is_not(None),
        )
        .order_by(amendment.signed_at.desc(), amendment.id.desc())
        .limit(1)
        .correlate(Contract)
        .scalar_subquery()
    )
    return func.coalesce(latest, Contract.ends_on)


def main_contracts() -> Select[Contract]:
    """Select the contracts in force that are no amendments."""
    return select(Contract).where(Contract.state.in_(IN_FORCE), Contract.kind != ContractKind.AMENDMENT)


def looked_since(contract_id: int, user_id: int, since: datetime) -> bool:
    """Tell whether somebody has opened a contract's page since an instant."""
    statement = select(Opening.id).where(
        Opening.contract_id == contract_id,
        Opening.user_id == user_id,
        Opening.part == OpenedPart.PAGE,
        Opening.at > since,
    )
    return db.session.scalar(statement.limit(1)) is not None


def openings(contract: Contract, limit: int = 30) -> list[Opening]:
    """Return who opened a contract last, newest first."""
    statement = select(Opening).where(Opening.contract_id == contract.id).options(joinedload(Opening.user))
    return list(db.session.scalars(statement.order_by(Opening.id.desc()).limit(limit)))


def seal(contract: Contract) -> Seal | None:
    """Return the seal of a contract with its file."""
    return db.session.scalar(select(Seal).where(Seal.contract_id == contract.id).options(joinedload(Seal.file)))


def steps(contract: Contract) -> list[Step]:
    """Return the audit trail of a contract, oldest first."""
    return list(db.session.scalars(select(Step).where(Step.contract_id == contract.id).order_by(Step.id)))


def chosen(ids: Sequence[int]) -> list[Contract]:
    """Return contracts by id, in the order of ids."""
    return list(db.session.scalars(select(Contract).where(Contract.id.in_(ids)).order_by(Contract.id)))


def unfiled() -> int:
    """Return how many sealed contracts nobody has filed yet."""
    statement = select(func.count(Contract.id)).join(Seal, Seal.contract_id == Contract.id)
    return int(db.session.scalar(statement.where(Contract.state == ContractState.COUNTERSIGNED)) or 0)
