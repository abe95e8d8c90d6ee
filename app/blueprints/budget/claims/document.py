"""The claim form as PDF: what was paid, its vouchers, the sum in words, who consented, and a code to the live page."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from app import clock, links, money, pdf, qr
from app.blueprints.budget.advances import queries as advances
from app.blueprints.budget.expenses import facts
from app.blueprints.budget.rules.advances import Settlement
from app.errors import N_, SigningDayError
from app.models import AdvanceState, CashAdvance, Event, Expense, ExpenseInvoice, ExpenseKind, User
from app.texts import parsed
from app.web.words import word


class OnePersonsClaims(SigningDayError):
    """A claim form is signed by one person."""

    code = "one_persons_claims"
    sentence = N_("Choose personal claims of one person; a claim form is signed by whoever gets the money.")


@dataclass(frozen=True)
class Sheet:
    """What stands on the form. Sums are in the event's currency, tax included."""

    event: Event
    holder: User
    rows: Sequence[Expense]
    url: str  # of the live page
    number: str
    printed_by: str
    advance: CashAdvance | None = None

    @property
    def total(self) -> Decimal:
        return sum((claimed(row) for row in self.rows), Decimal(0))

    @property
    def invoices(self) -> list[ExpenseInvoice]:
        return [each for row in self.rows for each in row.invoices if each.taken_back_at is None]

    @property
    def vouchers(self) -> int:
        """How many pieces of paper belong to it: fapiao, and pictures of receipts where there is no fapiao."""
        living = {each.expense_id for each in self.invoices}
        return len(self.invoices) + sum(1 for row in self.rows if row.photo_id and row.id not in living)

    @property
    def settlement(self) -> Settlement | None:
        """How the advance stands with these claims; what earlier settlements moved in cash is known already."""
        of = self.advance
        return Settlement(of.amount, self.total, of.returned, of.topped_up) if of else None


def claimed(row: Expense) -> Decimal:
    """Return what is claimed: the sum that was consented to, before that what is asked."""
    return row.approved or row.amount


def of_claims(event: Event, rows: Sequence[Expense], *, url: str, printed_by: str) -> Sheet:
    """Return the form of one person's claims. Raises OnePersonsClaims for anything else."""
    holders = {row.requested_by_id: row.requested_by for row in rows}
    living = [row for row in rows if row.kind is ExpenseKind.CLAIM and row.state not in facts.OFF]
    if len(holders) != 1 or len(living) != len(rows) or (holder := rows[0].requested_by) is None:
        raise OnePersonsClaims
    number = f"BX{event.id:04}-{min(row.id for row in rows):05}"
    return Sheet(
        event,
        holder,
        sorted(rows, key=lambda row: (row.spent_on is None, row.spent_on, row.id)),
        url,
        number,
        printed_by,
    )


def of_advance(event: Event, row: CashAdvance, *, url: str, printed_by: str) -> Sheet:
    """Return the form that settles an advance."""
    rows = sorted(advances.living(row), key=lambda each: (each.spent_on is None, each.spent_on, each.id))
    return Sheet(event, row.user, rows, url, f"JK{event.id:04}-{row.id:05}", printed_by, row)


def claim_form(sheet: Sheet, *, language: str) -> bytes:
    """Return the form on A4, one person's claims, with room to sign."""
    locale, zone = parsed(language), sheet.event.time_zone
    is_chinese = locale.language == "zh"
    currency = sheet.event.currency
    in_words = money.in_chinese if is_chinese else money.in_english

    def moment(value: datetime | None) -> str:
        return format_date(clock.local(value, zone), "yyyy-MM-dd", locale=locale) if value else ""

    html = pdf.page_html(
        "budget/print/claim.html",
        language,
        sheet=sheet,
        company=sheet.event.organizer or links.company_name(),
        words=in_words(sheet.total, currency) if currency in money.WRITABLE else "",
        code="data:image/png;base64," + b64encode(qr.png(sheet.url, scale=4)).decode("ascii"),
        claimed=claimed,
        amount=lambda value: format_decimal(value, "#,##0.00", locale=locale),
        moment=moment,
        day=lambda value: format_date(value, "yyyy-MM-dd", locale=locale) if value else "",
        now=format_datetime(clock.local(clock.now(), zone), "yyyy-MM-dd HH:mm", locale=locale),
        today=format_date(clock.today(zone), "y年M月d日" if is_chinese else "d MMMM y", locale=locale),
        kind=lambda each: str(word(each.kind).text),
        is_settled=sheet.advance is not None and sheet.advance.state is AdvanceState.SETTLED,
    )
    return pdf.render(html)
