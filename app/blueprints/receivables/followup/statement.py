"""The statement of account of a dealer, and the reminder letter, as rows and as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock, links, pdf
from app.blueprints.receivables import queries
from app.blueprints.receivables.reminders import actions as reminders
from app.blueprints.receivables.rules.interest import Terms, Worked
from app.blueprints.receivables.rules.sums import ZERO, days_late
from app.extensions import db
from app.models import Dealer, Posting, Receipt, Receivable
from app.texts import parsed


@dataclass(frozen=True)
class Line:
    """One line of a statement: what was owed (`debit`) or paid (`credit`), and what is open after it."""

    on: date
    receivable: Receivable
    posting: Posting | None
    debit: Decimal
    credit: Decimal
    balance: Decimal


@dataclass(frozen=True)
class Account:
    """A dealer's account in one currency."""

    currency: str
    lines: Sequence[Line]
    rows: Sequence[Receivable]
    unbooked: Decimal

    @property
    def open_amount(self) -> Decimal:
        return sum((row.open_amount for row in self.rows), ZERO)


def accounts(dealer: Dealer, only_of: int | None = None) -> list[Account]:
    """Return the accounts of a dealer, one for each currency; cancelled sums are left out: three queries."""
    rows = [
        row
        for row in queries.of_dealer(dealer.id)
        if row.cancelled_at is None and (only_of is None or row.rep_id == only_of)
    ]
    ids = [row.id for row in rows]
    posted = db.session.scalars(
        select(Posting).where(Posting.receivable_id.in_(ids)).options(joinedload(Posting.receipt)).order_by(Posting.id)
    ).all()
    receipts = db.session.scalars(select(Receipt).where(Receipt.dealer_id == dealer.id)).all()
    found = []
    for currency in sorted({row.currency for row in rows}):
        mine = [row for row in rows if row.currency == currency]
        rest = sum((each.free for each in receipts if each.currency == currency), ZERO)
        found.append(Account(currency, _lines(mine, posted), mine, rest))
    return found


def _lines(rows: Sequence[Receivable], posted: Sequence[Posting]) -> list[Line]:
    by_id = {row.id: row for row in rows}
    moves: list[tuple[date, Receivable, Posting | None, Decimal]] = [
        (_day(row, row.made_at), row, None, row.amount) for row in rows
    ]
    for posting in posted:
        if posting.receivable_id in by_id:
            row = by_id[posting.receivable_id]
            moves.append((_day(row, posting.at), row, posting, -posting.amount))
    balance, lines = ZERO, []
    for on, row, said, amount in sorted(moves, key=lambda move: (move[0], move[2].id if move[2] else 0, move[1].id)):
        balance += amount
        lines.append(Line(on, row, said, max(amount, ZERO), max(-amount, ZERO), balance))
    return lines


def _day(row: Receivable, at: object) -> date:
    zone = row.event.time_zone if row.event else "Asia/Shanghai"
    return clock.local(at, zone).date()  # type: ignore[arg-type]  # both callers hand over an instant


def letter_pdf(row: Receivable, today: date, interest: Worked, terms: Terms, *, language: str) -> bytes:
    """The reminder letter on A4: contract, instalment, sums, and the interest that has run up to the day."""
    html = pdf.page_html(
        "receivables/print/letter.html",
        language,
        row=row,
        values=reminders.values(row, language),
        late=max(0, days_late(row.due_on, today)),
        interest=interest.left,
        booked_interest=interest.booked,
        rate=format_decimal(terms.late_rate, locale=parsed(language)),
        company=company_of(row),
        **formats(row.currency, language, today),
    )
    return pdf.render(html)


def statement_pdf(dealer: Dealer, found: Sequence[Account], today: date, *, language: str) -> bytes:
    """The statement of account on A4."""
    company = company_of(found[0].rows[0]) if found else links.company_name()
    html = pdf.page_html(
        "receivables/print/statement.html",
        language,
        dealer=dealer,
        accounts=found,
        company=company,
        kinds=reminders.what,
        **formats("CNY", language, today),
    )
    return pdf.render(html)


def company_of(row: Receivable) -> str:
    """Return who the money is owed to: the organizer of the event, or else the company."""
    return (row.event.organizer if row.event else "") or links.company_name()


def formats(currency: str, language: str, today: date) -> dict[str, object]:
    """Return how a printed page writes sums and days."""
    locale = parsed(language)
    pattern = "y年M月d日" if locale.language == "zh" else "d MMMM y"
    return {
        "sum": lambda value, unit=currency: format_currency(value, unit, locale=locale),
        "day": lambda value: format_date(value, pattern, locale=locale),
        "today": today,
    }
