"""How the lists of receivables and of receipts look."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import and_, case, literal_column, or_, true
from sqlalchemy.orm import joinedload

from app.blueprints.receivables import queries
from app.blueprints.receivables.rules import sums
from app.models import AgeBucket, Contract, Dealer, PaymentKind, Receipt, ReceiptState, ReceiptWay, Receivable
from app.models import ReceivableState as S
from app.names import search_patterns
from app.web.tables import Column, Filter, Option, TableSpec, counted, like
from app.web.words import word


def _words(kind: Any) -> Any:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in kind]
    return lambda counts: counted(pairs, counts)


def _names(names: Mapping[int, str]) -> Any:
    pairs = [Option(str(key), name) for key, name in names.items()]
    return lambda counts: counted(pairs, counts)


def _provinces(counts: Mapping[str, int]) -> list[Option]:
    return [Option(name or "", name or gettext("Not known"), count=count) for name, count in sorted(counts.items())]


def state_of(row: Receivable, today: date) -> S:
    return sums.state(row.amount, row.settled, row.due_on, today, is_cancelled=row.cancelled_at is not None)


def _columns(today: date) -> tuple[Column, ...]:
    open_sum = case((Receivable.cancelled_at.is_not(None), Decimal(0)), else_=Receivable.amount - Receivable.settled)
    return (
        Column("dealer", _("Dealer"), Dealer.sort_key, hideable=False, text=lambda row: row.dealer.company),
        Column("kind", _("What is paid"), Receivable.kind, text=lambda row: str(word(row.kind).text)),
        Column("state", _("State"), text=lambda row: str(word(state_of(row, today)).text)),
        Column("due_on", _("Due date"), Receivable.due_on, text=lambda row: row.due_on),
        Column("amount", _("Sum"), Receivable.amount, numeric=True, text=lambda row: row.amount),
        Column("open", _("Outstanding"), open_sum, numeric=True, text=lambda row: row.open_amount),
        Column("rep", _("Rep"), text=lambda row: row.rep.name if row.rep else ""),
        Column("contract", _("Contract number"), Contract.number, shown=False, text=lambda row: row.contract.number),
        Column("region", _("Province"), Dealer.province, shown=False, text=lambda row: row.dealer.province),
        Column("currency", _("Currency"), Receivable.currency, shown=False, text=lambda row: row.currency),
    )


def _search(typed: str) -> Any:
    patterns = (or_(Dealer.search_key.like(each), Contract.number.ilike(each)) for each in search_patterns(typed))
    return and_(*patterns, true())


def receivable_list(
    today: date, reps: Mapping[int, str], events: Mapping[int, str] | None, *, exports: bool, name: str
) -> TableSpec:
    """Return the description of a list of receivables; `events` only where they are of several."""
    filters = [
        Filter("state", _("State"), queries.state_of(today), _words(S), lambda value: S(value).value),
        Filter("age", _("Overdue for"), queries.bucket_of(today), _words(AgeBucket), lambda v: AgeBucket(v).value),
        Filter("kind", _("What is paid"), Receivable.kind, _words(PaymentKind), PaymentKind),
        Filter("rep", _("Rep"), Receivable.rep_id, _names(reps), int),
        Filter("region", _("Province"), Dealer.province, _provinces),
    ]
    if events is not None:
        filters.append(Filter("event", _("Event"), Receivable.event_id, _names(events), int))
    return TableSpec(
        name=name,
        columns=_columns(today),
        tie=Receivable.id,
        default_sort="due_on",
        search=_search,
        filters=filters,
        row_url=lambda row: url_for("receivables.show", receivable_id=row.id),
        exports=exports,
        file_name="receivables",
        load=queries.WHOLE,
    )


def receipt_list(*, exports: bool) -> TableSpec:
    """Return the description of the list of receipts."""
    state = case(
        (Receipt.is_withdrawn, queries.said(ReceiptState.WITHDRAWN)),
        (Receipt.bounced_at.is_not(None), queries.said(ReceiptState.BOUNCED)),
        (Receipt.confirmed_at.is_not(None), queries.said(ReceiptState.CONFIRMED)),
        else_=queries.said(ReceiptState.PROVISIONAL),
    )
    has_rest = and_(Receipt.bounced_at.is_(None), Receipt.used < Receipt.amount)
    rest = case((has_rest, literal_column("'yes'")), else_=literal_column("'no'"))
    return TableSpec(
        name="receipts",
        columns=(
            Column("dealer", _("Dealer"), Dealer.sort_key, hideable=False, text=lambda row: row.dealer.company),
            Column("state", _("State"), text=lambda row: str(word(row.state).text)),
            Column("received_on", _("Received"), Receipt.received_on, text=lambda row: row.received_on),
            Column("way", _("How"), Receipt.way, text=lambda row: str(word(row.way).text)),
            Column("amount", _("Sum"), Receipt.amount, numeric=True, text=lambda row: row.amount),
            Column("free", _("Not booked yet"), numeric=True, text=lambda row: row.free),
            Column("by", _("Taken down by"), text=lambda row: row.recorded_by.name if row.recorded_by else ""),
            Column("reference", _("Slip number"), Receipt.reference, shown=False, text=lambda row: row.reference),
            Column("payer", _("Who paid"), Receipt.payer, shown=False, text=lambda row: row.payer),
        ),
        tie=Receipt.id,
        default_sort="-received_on",
        search=lambda typed: or_(
            *(Dealer.search_key.like(each) for each in search_patterns(typed)),
            Receipt.reference.ilike(like(typed), escape="\\"),
            Receipt.payer.ilike(like(typed), escape="\\"),
        ),
        filters=(
            Filter("state", _("State"), state, _words(ReceiptState), lambda value: ReceiptState(value).value),
            Filter(
                "rest", _("Not booked yet"), rest, lambda counts: counted([Option("yes", _("Something left"))], counts)
            ),
            Filter("way", _("How"), Receipt.way, _words(ReceiptWay), ReceiptWay),
        ),
        row_url=lambda row: url_for("receivables.receipt", receipt_id=row.id),
        exports=exports,
        file_name="receipts",
        load=(joinedload(Receipt.dealer), joinedload(Receipt.recorded_by)),
    )
