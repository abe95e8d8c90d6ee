"""What is said about rows of the bank: reasons of proposals, faults of files, what columns hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import LazyString, format_currency, gettext, lazy_gettext

from app.blueprints.receivables.bank.reading.columns import Field
from app.errors import N_
from app.web.locale import day

_ = lazy_gettext
F = Field

REASONS: dict[str, str] = {
    "contract": N_("the memo names contract %(detail)s"),
    "company": N_("the name is the dealer’s company"),
    "alias": N_("%(detail)s is known to pay for this dealer"),
    "mentioned": N_("the memo names the company"),
    "contact": N_("%(detail)s is the dealer’s contact"),
    "alike": N_("the name begins like the dealer’s"),
    "exact": N_("exactly what is open"),
    "oldest_of_equal": N_("the oldest of %(detail)s equal instalments"),
    "added": N_("%(detail)s sums together come to exactly this"),
    "part": N_("a part of the oldest sum"),
    "spread": N_("spread over %(detail)s sums, oldest first"),
    "over": N_("%(detail)s more than is owed"),
    "owes_nothing": N_("nothing is owed at the moment"),
    "slip": N_("the slip of %(detail)s"),
    "slip_number": N_("slip number %(detail)s"),
    "only_sum": N_("only the sum fits"),
    "contested": N_("several payments want the same sum"),
    "odd_serial": N_("the bank’s number stands at another sum, too"),
    "other_currency": N_("what is owed is in %(detail)s"),
    "terminal": N_("the bank names a card terminal"),
    "slips_of_day": N_("%(number)s card slips up to %(day)s"),
    "fee": N_("less a fee of %(sum)s (%(share)s %%)"),
    "tie": N_("%(detail)s ways fit equally well"),
    "too_many": N_("the sum fits %(detail)s dealers"),
    "refund": N_("goes back from the receipt of %(detail)s"),
    "refund_noted": N_("the refund noted for the receipt of %(detail)s"),
    "bounced": N_("the receipt of %(detail)s comes back"),
}
_PAIRS = frozenset(("slips_of_day", "fee"))
_DAYS = frozenset(("slip", "refund", "refund_noted", "bounced"))

FAULTS: dict[str, str] = {
    "no_header": N_("No row of headings was found. Please say below which row it is and what the columns hold."),
    "bad_date": N_("This is no day: %(cell)s"),
    "future_date": N_("This day is still to come: %(cell)s"),
    "bad_sum": N_("This is no sum: %(cell)s"),
    "no_sum": N_("The sum is missing."),
    "two_sums": N_("There is a sum on both sides: %(cell)s"),
    "bad_direction": N_("It is not clear whether this came or left: %(cell)s"),
    "totals_disagree": N_("The entries above do not come to the total that stands here: %(cell)s"),
}

FIELDS: dict[Field, LazyString] = {
    F.DATE: _("Day"),
    F.CREDIT: _("Money in"),
    F.DEBIT: _("Money out"),
    F.AMOUNT: _("Sum (in and out)"),
    F.DIRECTION: _("In or out"),
    F.CURRENCY: _("Currency"),
    F.PARTY: _("Other side: name"),
    F.PARTY_ACCOUNT: _("Other side: account"),
    F.FROM: _("Payer: name"),
    F.FROM_ACCOUNT: _("Payer: account"),
    F.TO: _("Payee: name"),
    F.TO_ACCOUNT: _("Payee: account"),
    F.MEMO: _("Memo"),
    F.PURPOSE: _("Purpose"),
    F.REMARK: _("Additional memo"),
    F.SERIAL: _("The bank’s number"),
}


def reason(code: str, detail: str, currency: str) -> str:
    """Return a reason in words."""
    if code in _PAIRS:
        return _pair(code, detail, currency)
    if code in _DAYS:
        try:
            detail = day(date.fromisoformat(detail))
        except ValueError:
            detail = "?"
    elif code == "over":
        try:
            detail = format_currency(Decimal(detail), currency)
        except InvalidOperation:
            detail = "?"
    return gettext(REASONS[code], detail=detail) if code in REASONS else code


def _pair(code: str, detail: str, currency: str) -> str:
    """A reason with two details: how many and until when, or how much and which share."""
    first, _bar, second = detail.partition("|")
    try:
        if code == "fee":
            return gettext(REASONS[code], sum=format_currency(Decimal(first), currency), share=second)
        return gettext(REASONS[code], number=first, day=day(date.fromisoformat(second)))
    except (ValueError, InvalidOperation):
        return code


def reasons(given: Sequence[Sequence[str]], currency: str) -> list[str]:
    return [reason(each[0], each[1], currency) for each in given]


def fault(given: Sequence[Any]) -> str:
    """Return what is wrong with a cell in words."""
    _line, code, cell = given
    return gettext(FAULTS[code], cell=cell) if code in FAULTS else code


def fields() -> Mapping[str, LazyString]:
    return {each.value: text for each, text in FIELDS.items()}
