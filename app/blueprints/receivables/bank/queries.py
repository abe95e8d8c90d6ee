"""What comes back about bank files: the files, their rows, and sums that agree."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, case, exists, func, literal_column, or_, select, type_coerce
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.blueprints.receivables.queries import IS_OPEN, said
from app.blueprints.receivables.rules.sums import ZERO
from app.extensions import db
from app.models import (
    Amount,
    BankAccount,
    BankFile,
    BankFileRow,
    BankFileState,
    BankMatch,
    BankRow,
    BankRowState,
    BankVerdict,
    Dealer,
    File,
    Receipt,
    ReceiptWay,
    Receivable,
)
from app.names import search_patterns

S, V = BankRowState, BankVerdict
_UNDOING = aliased(BankMatch)


def standing_column() -> ColumnElement[str]:
    """What a row is on its page: decided, or else what the matcher makes of it."""
    open_ = [(BankRow.verdict == each, said(each)) for each in V]
    return case(
        (BankRow.state == S.MATCHED, said(S.MATCHED)),
        (BankRow.state == S.IGNORED, said(S.IGNORED)),
        *open_,
        else_=said(V.NONE),
    )


def standing(row: BankRow) -> BankVerdict | BankRowState:
    """The same of one row."""
    return (row.verdict or V.NONE) if row.state is S.OPEN else row.state


def accounts() -> Sequence[BankAccount]:
    return db.session.scalars(select(BankAccount).order_by(BankAccount.name)).all()


def files() -> Sequence[BankFile]:
    """Return all bank files, newest first."""
    loads = (joinedload(BankFile.account), joinedload(BankFile.created_by), joinedload(BankFile.job))
    return db.session.scalars(select(BankFile).options(*loads).order_by(BankFile.id.desc()).limit(100)).all()


def bank_file(file_id: int) -> BankFile | None:
    loads = (joinedload(BankFile.account), joinedload(BankFile.file), joinedload(BankFile.job))
    return db.session.scalar(select(BankFile).where(BankFile.id == file_id).options(*loads))


def locked(file_id: int) -> BankFile:
    """Return a file that nobody else changes until this transaction ends, as it stands now."""
    statement = select(BankFile).where(BankFile.id == file_id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def same_bytes(account_id: int, sha256: str) -> BankFile | None:
    """Return the file of this account with these very bytes, if it was brought before."""
    statement = select(BankFile).join(BankFile.file).where(BankFile.account_id == account_id, File.sha256 == sha256)
    return db.session.scalar(statement.order_by(BankFile.id).limit(1))


def rows(file_id: int) -> Select[BankRow]:
    """Select the rows of a file."""
    in_file = select(BankFileRow.row_id).where(BankFileRow.file_id == file_id)
    return select(BankRow).where(BankRow.id.in_(in_file))


def row(file_id: int, row_id: int) -> BankRow | None:
    """Return one row of a file with what was decided of it."""
    decided = selectinload(BankRow.matches)
    loads = (
        joinedload(BankRow.dealer),
        decided.joinedload(BankMatch.receipt).joinedload(Receipt.dealer),
        decided.joinedload(BankMatch.by),
    )
    return db.session.scalar(rows(file_id).where(BankRow.id == row_id).options(*loads))


def urgency() -> ColumnElement[int]:
    """What does not match stands first, then choices, then proposals; what is decided stands last."""
    verdict = case(
        (BankRow.verdict == V.NONE, 0),
        (BankRow.verdict == V.TIE, 1),
        (BankRow.verdict == V.LIKELY, 2),
        (BankRow.verdict == V.CERTAIN, 3),
        (BankRow.verdict == V.OUTGOING, 4),
        else_=0,
    )
    return case((BankRow.state == S.OPEN, verdict), (BankRow.state == S.MATCHED, 5), else_=6)


@dataclass
class Totals:
    """What the rows of a file come to in one currency. The whole is matched, ignored and open together."""

    currency: str
    whole: Decimal = ZERO
    came: Decimal = ZERO
    left: Decimal = ZERO
    count: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)  # by state
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def agree(self) -> bool:
        return self.whole == sum(self.sums.values(), ZERO) and self.count == sum(self.counts.values())


def totals(file_id: int) -> list[Totals]:
    """Return the sums of a file: the whole is added up apart from its parts, and both have to agree."""
    total = type_coerce(func.sum(BankRow.amount), Amount())
    came = type_coerce(func.sum(case((BankRow.amount > ZERO, BankRow.amount), else_=ZERO)), Amount())
    base = rows(file_id)
    found: dict[str, Totals] = {}
    whole = base.with_only_columns(BankRow.currency, total, came, func.count()).group_by(BankRow.currency)
    for currency, sum_, plus, count in db.session.execute(whole.order_by(BankRow.currency)):
        found[currency] = Totals(currency, sum_, plus, sum_ - plus, count)
    by_state = base.with_only_columns(BankRow.currency, BankRow.state, total, func.count())
    for currency, state, sum_, count in db.session.execute(by_state.group_by(BankRow.currency, BankRow.state)):
        found[currency].sums[state.value] = sum_
        found[currency].counts[state.value] = count
    return list(found.values())


def counts(file_id: int) -> dict[str, int]:
    """Return how many rows of a file stand how."""
    column = standing_column().label("standing")
    statement = rows(file_id).with_only_columns(column, func.count()).group_by(literal_column("standing"))
    return dict(db.session.execute(statement).all())


def certain(file_id: int) -> Sequence[int]:
    """Return the rows that may be confirmed together."""
    statement = rows(file_id).where(BankRow.state == S.OPEN, BankRow.verdict == V.CERTAIN)
    return db.session.scalars(statement.with_only_columns(BankRow.id).order_by(BankRow.id)).all()


def outgoing(file_id: int) -> Sequence[int]:
    """Return the rows of money that left and that nothing is proposed for."""
    statement = rows(file_id).where(BankRow.state == S.OPEN, BankRow.verdict == V.OUTGOING)
    return db.session.scalars(statement.with_only_columns(BankRow.id).order_by(BankRow.id)).all()


def waiting() -> int:
    """Return how many rows that came wait for somebody, over all files."""
    statement = select(func.count()).select_from(BankRow)
    waits = (BankRow.state == S.OPEN, or_(BankRow.verdict.is_(None), BankRow.verdict != V.OUTGOING))
    return int(db.session.scalar(statement.where(*waits)) or 0)


def undecided_files() -> dict[int, int]:
    """Return how many rows of each file wait for somebody."""
    statement = (
        select(BankFileRow.file_id, func.count())
        .join(BankRow, BankRow.id == BankFileRow.row_id)
        .where(BankRow.state == S.OPEN, or_(BankRow.verdict.is_(None), BankRow.verdict != V.OUTGOING))
        .group_by(BankFileRow.file_id)
    )
    return dict(db.session.execute(statement).all())


def dealers_like(typed: str) -> Sequence[Dealer]:
    """Return dealers who owe something or have a contract with payments, as somebody types a name or pinyin."""
    patterns = [Dealer.search_key.like(each) for each in search_patterns(typed)]
    if not patterns:
        return []
    has_rows = select(Receivable.dealer_id).where(Receivable.dealer_id == Dealer.id).exists()
    statement = select(Dealer).where(has_rows, *patterns).order_by(Dealer.sort_key, Dealer.id).limit(8)
    return db.session.scalars(statement).all()


def dealers(ids: Sequence[int]) -> dict[int, Dealer]:
    return {each.id: each for each in db.session.scalars(select(Dealer).where(Dealer.id.in_(sorted(set(ids)))))}


def open_of(dealer_ids: Sequence[int]) -> Sequence[Receivable]:
    """Return everything these dealers still owe, in any currency, oldest due first within each."""
    statement = select(Receivable).where(IS_OPEN, Receivable.dealer_id.in_(sorted(set(dealer_ids))))
    loads = (joinedload(Receivable.contract), joinedload(Receivable.dealer))
    return db.session.scalars(
        statement.options(*loads).order_by(Receivable.dealer_id, Receivable.due_on, Receivable.id)
    ).all()


def receivables(ids: Sequence[int]) -> dict[int, Receivable]:
    statement = select(Receivable).where(Receivable.id.in_(sorted(set(ids)))).options(joinedload(Receivable.contract))
    return {each.id: each for each in db.session.scalars(statement)}


def receipts(ids: Sequence[int]) -> dict[int, Receipt]:
    """Return receipts with their dealers by their ids; no statement where none are wanted."""
    if not ids:
        return {}
    statement = select(Receipt).where(Receipt.id.in_(sorted(set(ids)))).options(joinedload(Receipt.dealer))
    return {each.id: each for each in db.session.scalars(statement)}


def fees(file_id: int) -> dict[str, Decimal]:
    """Return what terminals took off the slips that rows of a file confirmed, by currency; undone ones are nothing."""
    in_file = select(BankFileRow.row_id).where(BankFileRow.file_id == file_id)
    statement = (
        select(BankRow.currency, type_coerce(func.sum(BankMatch.fee), Amount()))
        .join(BankRow, BankRow.id == BankMatch.row_id)
        .where(BankMatch.row_id.in_(in_file), BankMatch.fee != ZERO)
        .group_by(BankRow.currency)
    )
    return {currency: fee for currency, fee in db.session.execute(statement) if fee}


def slips_of(dealer_ids: Sequence[int]) -> Sequence[Receipt]:
    """Return the provisional receipts of dealers, newest first."""
    statement = select(Receipt).where(
        Receipt.dealer_id.in_(sorted(set(dealer_ids))), Receipt.confirmed_at.is_(None), Receipt.bounced_at.is_(None)
    )
    newest = statement.options(joinedload(Receipt.dealer)).order_by(Receipt.received_on.desc(), Receipt.id.desc())
    return db.session.scalars(newest).all()


def is_at_work(bank_file: BankFile) -> bool:
    return bank_file.state in (BankFileState.WORKING, BankFileState.CONFIRMING)


def these(file_id: int, ids: Sequence[int]) -> list[int]:
    """Return those of the ids that are rows of the file."""
    statement = rows(file_id).where(BankRow.id.in_(ids)).with_only_columns(BankRow.id).order_by(BankRow.id)
    return list(db.session.scalars(statement))


def dealers_of(receipt_ids: Sequence[int]) -> list[int]:
    """Return whose receipts these are."""
    statement = select(Receipt.dealer_id).where(Receipt.id.in_(receipt_ids)).distinct().order_by(Receipt.dealer_id)
    return list(db.session.scalars(statement))


def may_go_back(dealer_ids: Sequence[int], row: BankRow) -> Sequence[Receipt]:
    """Return the receipts of which a row that left may be the money going back, newest first."""
    statement = select(Receipt).where(
        Receipt.dealer_id.in_(sorted(set(dealer_ids))),
        Receipt.currency == row.currency,
        Receipt.bounced_at.is_(None),
        or_(type_coerce(Receipt.amount - Receipt.used, Amount()) >= -row.amount, Receipt.amount == -row.amount),
    )
    return db.session.scalars(statement.order_by(Receipt.received_on.desc(), Receipt.id.desc()).limit(10)).all()


def live_matches(row_ids: Sequence[int]) -> Sequence[BankMatch]:
    """Return what holds of rows now, with the receipts and whose they are, oldest first."""
    undone = exists().where(_UNDOING.reverses_id == BankMatch.id)
    statement = select(BankMatch).where(BankMatch.row_id.in_(row_ids), BankMatch.reverses_id.is_(None), ~undone)
    loads = joinedload(BankMatch.receipt).joinedload(Receipt.dealer)
    return db.session.scalars(statement.options(loads).order_by(BankMatch.id)).all()


def missing_slips(file_id: int) -> int:
    """Return how many provisional transfers of the file's days it does not show, but for the last three days."""
    days = rows(file_id).with_only_columns(func.min(BankRow.booked_on), func.max(BankRow.booked_on))
    span: list[date | None] = list(db.session.execute(days).one())
    first, last = span
    if first is None or last is None:
        return 0
    in_days = Receipt.received_on.between(first, last - timedelta(days=3))
    waiting = (Receipt.confirmed_at.is_(None), Receipt.bounced_at.is_(None), Receipt.way == ReceiptWay.TRANSFER)
    return int(db.session.scalar(select(func.count()).select_from(Receipt).where(in_days, *waiting)) or 0)


def rows_of_receipt(receipt_id: int) -> Sequence[tuple[BankMatch, int]]:
    """Return the bank's rows that a receipt is matched with, each with a file it stands in."""
    undone = exists().where(_UNDOING.reverses_id == BankMatch.id)
    in_file = select(func.min(BankFileRow.file_id)).where(BankFileRow.row_id == BankMatch.row_id).scalar_subquery()
    statement = select(BankMatch, in_file).where(
        BankMatch.receipt_id == receipt_id, BankMatch.reverses_id.is_(None), ~undone
    )
    return [
        (match, found)
        for match, found in db.session.execute(statement.options(joinedload(BankMatch.row)).order_by(BankMatch.id))
    ]
