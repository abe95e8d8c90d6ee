"""What rows of the bank are compared with, looked up for many at once with few statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, type_coerce

from app.blueprints.receivables import queries
from app.blueprints.receivables.bank.rules.evidence import first_letters, weigh
from app.blueprints.receivables.bank.rules.known import Incoming, Known, Open, Sent, Slip, number, numbers
from app.extensions import db
from app.many import chunks
from app.models import (
    Amount,
    BankMatch,
    BankMatchKind,
    BankRow,
    Contract,
    Dealer,
    PayerAlias,
    PayingHabit,
    Posting,
    PostingKind,
    Receipt,
    ReceiptWay,
    Receivable,
)
from app.names import company_key

# From so many rows on it is cheaper to load all that is open than to ask for what the rows name.
MANY = 300
IS_PROVISIONAL = Receipt.confirmed_at.is_(None) & Receipt.bounced_at.is_(None)
_OPEN_SUM = type_coerce(Receivable.amount - Receivable.settled, Amount())
_ITEM = (
    Receivable.id,
    Receivable.dealer_id,
    Contract.number,
    Receivable.kind,
    Receivable.due_on,
    _OPEN_SUM,
    Receivable.currency,
)


def incoming(rows: Iterable[BankRow | Any]) -> list[Incoming]:
    """Return rows as the rules see them; sums that left the account are above zero there, too."""
    return [
        Incoming(
            id=row.id,
            key=row.key,
            booked_on=row.booked_on,
            amount=abs(row.amount),
            currency=row.currency,
            payer=row.payer,
            payer_key=company_key(row.payer) if row.payer else "",
            memo=row.memo,
            serial=row.serial,
            is_odd=row.is_odd,
        )
        for row in rows
    ]


def known_for(came: Sequence[Incoming], left: Sequence[Incoming]) -> Known:
    """Return all that these rows may be about."""
    rows = [*came, *left]
    keys = sorted({row.payer_key for row in rows if row.payer_key})
    names = sorted({row.payer for row in rows if row.payer})
    contracts = _contracts(rows)
    known = Known(
        companies=_sets(_found(select(Dealer.company_key, Dealer.id), Dealer.company_key, keys)),
        aliases=_aliases(keys, names),
        contacts=_sets(_found(select(Dealer.contact, Dealer.id).where(_owes()), Dealer.contact, names)),
        contracts={written: dealer for written, dealer, _number in contracts},
        spelled={written: given for written, _dealer, given in contracts},
        named=first_letters(db.session.execute(select(Dealer.company_key, Dealer.id).where(_owes())).all()),
    )
    _add_slips(known)
    dealers = {dealer for row in rows for dealer in weigh(row, known).dealers}
    _add_items(known, came, dealers)
    if left:
        known.receipts = _receipts({dealer for row in left for dealer in weigh(row, known).dealers})
    return known


def _owes() -> ColumnElement[bool]:
    return exists().where(queries.IS_OPEN, Receivable.dealer_id == Dealer.id)


def _found(statement: Select[*tuple[Any, ...]], column: Any, values: Sequence[Any]) -> Iterator[Any]:
    for some in chunks(values):
        yield from db.session.execute(statement.where(column.in_(some)))


def _sets(pairs: Iterable[Any]) -> dict[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for key, dealer in pairs:
        found[key].add(dealer)
    return {key: frozenset(dealers) for key, dealers in found.items()}


def _aliases(keys: Sequence[str], names: Sequence[str]) -> dict[str, frozenset[int]]:
    """Who is known to pay for whom: learnt from confirmed rows, or noted among a dealer's habits."""
    learnt = select(PayerAlias.name_key, PayerAlias.dealer_id).where(PayerAlias.forgotten_at.is_(None))
    noted = select(PayingHabit.payer, PayingHabit.dealer_id)
    habits = ((company_key(payer), dealer) for payer, dealer in _found(noted, PayingHabit.payer, names))
    return _sets([*_found(learnt, PayerAlias.name_key, keys), *habits])


def _contracts(rows: Sequence[Incoming]) -> list[Any]:
    tokens = sorted({token for row in rows for token in numbers(row.memo)})
    written: ColumnElement[str] = func.upper(Contract.number)
    for separator in "-_/. ":
        written = func.replace(written, separator, "")
    has_rows = exists().where(Receivable.contract_id == Contract.id)
    return list(_found(select(written, Contract.dealer_id, Contract.number).where(has_rows), written, tokens))


def _add_slips(known: Known) -> None:
    statement = select(
        *(Receipt.id, Receipt.dealer_id, Receipt.amount, Receipt.currency, Receipt.received_on, Receipt.reference),
        Receipt.way,
    ).where(IS_PROVISIONAL)
    of_dealer: defaultdict[int, list[Slip]] = defaultdict(list)
    by_amount: defaultdict[tuple[str, Decimal], list[Slip]] = defaultdict(list)
    cards: defaultdict[tuple[str, date], list[Slip]] = defaultdict(list)
    numbered = []
    for slip_id, dealer, amount, currency, received_on, reference, way in db.session.execute(
        statement.order_by(Receipt.id)
    ):
        slip = Slip(slip_id, dealer, amount, currency, received_on, number(reference), way is ReceiptWay.POS)
        of_dealer[slip.dealer_id].append(slip)
        by_amount[(slip.currency, slip.amount)].append(slip)
        if slip.is_pos:
            cards[(slip.currency, slip.received_on)].append(slip)
        if len(slip.reference) >= 6:
            numbered.append((slip.reference, slip.dealer_id))
    known.slips, known.slips_by_amount, known.slip_numbers = of_dealer, by_amount, _sets(numbered)
    known.cards = cards


def _add_items(known: Known, came: Sequence[Incoming], dealers: set[int]) -> None:
    statement = select(*_ITEM).join(Receivable.contract).where(queries.IS_OPEN)
    ordered = statement.order_by(Receivable.due_on, Receivable.id)
    if len(came) > MANY:
        found = db.session.execute(ordered).all()
    else:
        sums = sorted({row.amount for row in came})
        wanted = or_(Receivable.dealer_id.in_(sorted(dealers)), _OPEN_SUM.in_(sums))
        found = db.session.execute(ordered.where(wanted)).all()
    sums_wanted = {(row.currency, row.amount) for row in came}
    of_dealer: defaultdict[int, list[Open]] = defaultdict(list)
    by_amount: defaultdict[tuple[str, Decimal], list[Open]] = defaultdict(list)
    for item_id, dealer, contract, kind, due_on, amount, currency in found:
        is_equal = (currency, amount) in sums_wanted
        if dealer in dealers or is_equal:
            item = Open(item_id, dealer, number(contract or ""), kind.value, due_on, amount, currency)
            if dealer in dealers:
                of_dealer[dealer].append(item)
            if is_equal:
                by_amount[(currency, amount)].append(item)
    known.items, known.by_amount = of_dealer, by_amount


def _receipts(dealers: set[int]) -> dict[int, list[Sent]]:
    statement = select(
        Receipt.id,
        Receipt.dealer_id,
        Receipt.amount,
        type_coerce(Receipt.amount - Receipt.used, Amount()),
        Receipt.currency,
        Receipt.received_on,
    ).where(Receipt.bounced_at.is_(None))
    sent = [Sent(*values) for values in _found(statement, Receipt.dealer_id, sorted(dealers))]
    noted = _noted_refunds([each.receipt_id for each in sent])
    found: defaultdict[int, list[Sent]] = defaultdict(list)
    for each in sent:
        found[each.dealer_id].append(replace(each, noted=tuple(noted.get(each.receipt_id, Counter()).elements())))
    return found


def _noted_refunds(receipt_ids: Sequence[int]) -> dict[int, Counter[Decimal]]:
    """Refunds noted by hand, less those that a row of the bank has shown: such a match made no posting of its own."""
    found: defaultdict[int, Counter[Decimal]] = defaultdict(Counter)
    posted = select(Posting.receipt_id, Posting.amount).where(Posting.kind == PostingKind.REFUND)
    for receipt, amount in _found(posted, Posting.receipt_id, receipt_ids):
        found[receipt][abs(amount)] += 1 if amount > 0 else -1
    shown = select(BankMatch.receipt_id, BankMatch.amount).where(BankMatch.kind == BankMatchKind.REFUND)
    for receipt, amount in _found(shown, BankMatch.receipt_id, receipt_ids):
        found[receipt][abs(amount)] -= 1 if amount < 0 else -1
    return {receipt: +counts for receipt, counts in found.items()}
