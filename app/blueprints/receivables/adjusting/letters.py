"""The letter to the dealer about an adjustment, on A4: what became of paid money, instalments, interest."""

from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from app import money, pdf
from app.blueprints.receivables.adjusting import queries
from app.blueprints.receivables.followup import statement
from app.blueprints.receivables.reminders import actions as reminders
from app.models import Adjustment, AdjustmentKind, AdjustmentState
from app.texts import known, parsed

KINDS = {AdjustmentKind.REFUND, AdjustmentKind.INSTALMENTS, AdjustmentKind.INTEREST}


def language_of(row: Adjustment) -> str:
    """Return the language the dealer reads, or else the event's."""
    owed = row.receivable
    return known(owed.dealer.locale, known(owed.event.language if owed.event else None, "zh_CN"))


def in_words(amount: Decimal, currency: str, language: str) -> str:
    """Return a sum in words, or nothing for a currency whose sums have none."""
    if currency not in money.WRITABLE:
        return ""
    return money.in_chinese(amount, currency) if language.startswith("zh") else money.in_english(amount, currency)


def pdf_of(row: Adjustment, today: date, *, language: str) -> bytes:
    """The letter as PDF; until it is approved it says that it is a draft."""
    language, owed = known(language, "zh_CN"), row.receivable
    values: dict[str, Any] = {
        "row": row,
        "owed": owed,
        "contract": owed.contract,
        "values": reminders.values(owed, language),
        "is_draft": row.state is not AdjustmentState.POSTED,
        "signed_on": queries.signed_on(owed),
        "in_words": lambda amount: in_words(amount, owed.currency, language),
        "amount": Decimal,
        "plain": lambda percent: format_decimal(Decimal(percent), locale=parsed(language)),
        "day_of": date.fromisoformat,
        "company": statement.company_of(owed),
    }
    html = pdf.page_html(
        "receivables/print/adjustment.html", language, **values, **statement.formats(owed.currency, language, today)
    )
    return pdf.render(html)
