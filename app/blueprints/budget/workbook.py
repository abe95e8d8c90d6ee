"""The budget as a file that finance can go on with: lines, what costs money, vouchers, payments, advances."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from app import clock
from app.blueprints.budget import ledger, queries, shown
from app.blueprints.budget.advances import queries as advances
from app.blueprints.budget.ledger import Ledger
from app.blueprints.budget.rules import figures
from app.blueprints.budget.rules.figures import Figures
from app.models import BudgetGroup, Event, Expense
from app.sheet_files import Tab, Value, to_book
from app.web.words import word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[Value]
Seen = Callable[[int], None]  # rows written so far
_PIECE = 200  # rows between two looks at how far it is


def workbook(event: Event, seen: Seen | None = None) -> bytes:
    """One workbook whose sheets agree with the pages and with each other."""
    tabs = _tabs(event, ledger.of_event(event))
    return to_book(_counted(tabs, seen) if seen else tabs)


def _counted(tabs: Iterable[Tab], seen: Seen) -> Iterator[Tab]:
    done = 0

    def counted(rows: Iterable[Row]) -> Iterator[Row]:
        nonlocal done
        for row in rows:
            yield row
            done += 1
            if done % _PIECE == 0:
                seen(done)

    for tab in tabs:
        yield replace(tab, rows=counted(tab.rows))


def _tabs(event: Event, of: Ledger) -> Iterator[Tab]:
    sums = [_("Budgeted"), _("Committed"), _("Actual"), _("Paid so far"), _("Owed"), _("Forecast"), _("Left")]
    yield Tab(_("By line"), [_("Group"), _("Line"), *sums], _lines(of))
    yield Tab(_("What it costs for each"), [_("Divided by"), _("Number"), *sums], _each(event, of))
    about = [_("Group"), _("Line"), _("Used for"), _("Paid to"), _("Kind of row"), _("When")]
    heads = [_("Waits for approval"), _("Committed"), _("Actual"), _("Paid so far"), _("Owed")]
    yield Tab(_("All rows"), [*about, *heads], _entries(of))
    spent = queries.booked(event)
    voucher = [
        _("Kind of invoice"),
        _("Invoice number"),
        _("Issuing company"),
        _("Issued on"),
        _("Sum"),
        _("Tax in it"),
    ]
    yield Tab(_("Invoices"), [*voucher, _("Used for"), _("Line"), _("Booked on")], _invoices(event, spent), (1,))
    payment = [_("Paid on"), _("Sum"), _("Number of the transfer"), _("Paid to"), _("How it is paid")]
    yield Tab(_("Payments booked"), [*payment, _("Used for"), _("Line")], _payments(spent), (2,))
    held = [_("Cash held by"), _("What the money is for"), _("State"), _("Sum"), _("Spent"), _("Comes back")]
    yield Tab(_("Cash advances"), [*held, _("Topped up"), _("Settled by")], _advances(event))


def _sums(of: Figures) -> list[Value]:
    return [of.planned, of.committed, of.actual, of.paid, of.owed, of.forecast, of.left]


def _lines(of: Ledger) -> Iterator[Row]:
    for group in BudgetGroup:
        title = str(word(group).text)
        for line in of.lines_of(group):
            yield [title, line.name, *_sums(of.by_line[line.id])]
        yield [title, _("Together"), *_sums(of.by_group[group])]
    yield [_("All together"), "", *_sums(of.total)]


def _each(event: Event, of: Ledger) -> Iterator[Row]:
    heads = queries.heads(event)
    ways = ((_("Per head"), heads.people), (_("Per signed dealer"), heads.signed), (_("Per paid dealer"), heads.paid))
    for label, number in ways:
        yield [label, number, *(figures.each(value, number) for value in _amounts(of.total))]


def _amounts(of: Figures) -> list[Any]:
    return [of.planned, of.committed, of.actual, of.paid, of.owed, of.forecast, of.left]


def _entries(of: Ledger) -> Iterator[Row]:
    lines = {line.id: line for line in of.lines}
    origins = shown.origins()
    for each in sorted(ledger.entries(of), key=lambda one: (lines[one.line_id].position, one.at, one.key)):
        yield [
            str(word(lines[each.line_id].group).text),
            lines[each.line_id].name,
            shown.text(each),
            each.who,
            origins[each.origin],
            clock.local(each.at, of.event.time_zone).date(),
            *(each.requested, each.committed, each.actual, each.paid, each.owed),
        ]


def _invoices(event: Event, rows: Sequence[Expense]) -> Iterator[Row]:
    for row in rows:
        for each in row.invoices:
            if each.taken_back_at is None:
                kind, day = str(word(each.kind).text), clock.local(each.booked_at, event.time_zone).date()
                voucher = (kind, each.number, each.seller, each.issued_on, each.amount, each.tax)
                yield [*voucher, row.purpose, row.line.name, day]


def _payments(rows: Sequence[Expense]) -> Iterator[Row]:
    for row in rows:
        kind, payee = str(word(row.kind).text), row.payee or (row.requested_by.name if row.requested_by else "")
        for each in row.payments:
            if each.taken_back_at is None:
                note = each.note or (_("out of the advance") if each.advance_id else "")
                yield [each.paid_on, each.amount, note, payee, kind, row.purpose, row.line.name]


def _advances(event: Event) -> Iterator[Row]:
    for row in advances.advances(event):
        of = advances.settlement(row)
        state = str(word(row.state).text)
        by = advances.settle_by(event, row)
        yield [row.user.name, row.purpose, state, row.amount, of.spent, of.returned, of.topped_up, by]
