"""What is asked for: a refund, a write-off, instalments; what is said to it; the rules of an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from app.blueprints.receivables.receipts.forms import AmountField, ReasonForm
from app.blueprints.receivables.rules import refunds
from app.blueprints.receivables.rules.instalments import MOST, Part, propose
from app.models import Occasion, PaymentKind, Receivable
from app.money import rounded
from app.web.fields import LineField, WholeNumberField, WordField
from app.web.words import choices

_MOST = Decimal(10) ** 13


class RateField(AmountField):
    """Percent, with as many decimals as there are."""

    def __init__(self, label: Any, most: int, **kwargs: Any) -> None:
        super().__init__(label, [InputRequired(), NumberRange(0, most)], places=None, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data.normalize():f}"


class RefundForm(FlaskForm):
    """Why paid money goes back, and what the rule has to know for it."""

    occasion = WordField(_("Occasion"), Occasion)
    outlets = WholeNumberField(_("Outlets open by now"), [Optional(), NumberRange(0, 100_000)])
    delivered = AmountField(_("Value of goods delivered for it"), [Optional(), NumberRange(Decimal(0), _MOST)])
    agreed = AmountField(_("Agreed to give back"), [Optional(), NumberRange(Decimal(0), _MOST)])
    reason = LineField(_("Reason"), [DataRequired(_("Please give the reason.")), Length(max=300)])

    def __init__(self, kind: PaymentKind, held: Decimal, currency: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.held, self.currency = held, currency
        if kind is not PaymentKind.DEPOSIT:
            fitting = [each for each in choices(Occasion) if each.value != Occasion.OUTLETS]
            self.occasion.choices = fitting
            del self.outlets
        if kind not in refunds.GOODS:
            del self.delivered

    def validate_agreed(self, field: AmountField) -> None:
        """A sum that the rule would pass over, or cut down, is said back: nobody is to agree to another one unseen."""
        if field.data is None or field.errors:
            return
        if self.occasion.data is not Occasion.AGREED:
            said = gettext("A sum is agreed only where both end it. Choose that occasion, or leave this empty.")
            raise ValidationError(said)
        if field.data != rounded(field.data, self.currency):
            raise ValidationError(gettext("%(currency)s has no such small coins.", currency=self.currency))
        delivered = self.data.get("delivered") or Decimal(0)
        if field.data > max(Decimal(0), self.held - delivered):
            raise ValidationError(gettext("There is not so much left to give back."))

    def given(self) -> dict[str, Any]:
        """Return what was typed, as `adjusting.actions.refund_facts` wants it."""
        agreed = self.agreed.data if self.occasion.data is Occasion.AGREED else None
        return {
            "outlets": self.data.get("outlets") or 0,
            "delivered": self.data.get("delivered") or Decimal(0),
            "agreed": agreed,
        }


class WriteOffForm(ReasonForm):
    """How much is given up, and why."""

    amount = AmountField(_("Sum"), [InputRequired(_("Please give the sum.")), NumberRange(Decimal("0.01"), _MOST)])


class InstalmentForm(FlaskForm):
    """Equal parts to begin with; the parts themselves stand in `PartRow`s and may be changed."""

    number = WholeNumberField(_("How many parts"), [InputRequired(), NumberRange(2, MOST)])
    first = DateField(_("First part due on"), [InputRequired(_("Please give the day."))])
    days = WholeNumberField(_("Days between the parts"), [InputRequired(), NumberRange(1, 366)])
    reason = LineField(_("Reason"), [Length(max=300)])

    def proposed(self, row: Receivable) -> list["PartRow"]:
        first, number, days = self.first.data or row.due_on, self.number.data or 3, self.days.data or 30
        parts = propose(row.open_amount, row.currency, first, number, days)
        return [PartRow(each.due_on.isoformat(), f"{each.amount:.2f}") for each in parts]


@dataclass(frozen=True)
class PartRow:
    """One part as it is typed."""

    due_on: str
    amount: str


def rows_from(days: Sequence[str], amounts: Sequence[str]) -> list[PartRow]:
    pairs = zip(days, amounts, strict=False)
    return [PartRow(day.strip(), amount.strip()) for day, amount in pairs if day.strip() or amount.strip()][:MOST]


def parts_from(rows: Sequence[PartRow]) -> list[Part]:
    """Return the parts, or raise ValueError where a row is no day with a sum."""
    try:
        return [Part(date.fromisoformat(row.due_on), _amount(row.amount)) for row in rows]
    except (InvalidOperation, ValueError) as fault:
        raise ValueError(gettext("Each part needs a day and a sum, for instance 20000.00.")) from fault


def _amount(typed: str) -> Decimal:
    amount = Decimal(typed.replace(",", ""))
    if not amount.is_finite() or abs(amount) >= _MOST or amount != round(amount, 2):
        raise InvalidOperation
    return amount


class VoteForm(FlaskForm):
    """What somebody says to it; a no wants a reason."""

    answer = LineField()
    remarks = LineField(_("Remarks"), [Length(max=300)])

    def validate_remarks(self, field: LineField) -> None:
        if self.answer.data == "no" and not field.data:
            raise ValidationError(gettext("Please give the reason."))


class TermsForm(FlaskForm):
    """What early and late payment is worth, and when a territory goes."""

    late_rate = RateField(_("Interest, percent a day"), 1)
    grace_days = WholeNumberField(_("Days after the due date without interest"), [InputRequired(), NumberRange(0, 90)])
    late_cap = AmountField(
        _("Interest at most, percent of the sum"), [InputRequired(), NumberRange(0, 100)], places=None
    )
    early_rate = RateField(_("Bonus, percent a day"), 1)
    early_most_days = WholeNumberField(_("Days rewarded at most"), [InputRequired(), NumberRange(0, 366)])
    release_days = WholeNumberField(
        _("Days from a problem account to letting its territory go"), [InputRequired(), NumberRange(1, 366)]
    )


class RuleForm(FlaskForm):
    """The refund rule of one kind; each kind's fields have a prefix of their own."""

    free_days = WholeNumberField(_("All of it back within days of paying"), [Optional(), NumberRange(0, 3660)])
    kept_percent = RateField(_("Kept after that, percent"), 100)
    outlets = WholeNumberField(_("Back early with so many outlets"), [Optional(), NumberRange(1, 100_000)])
    outlets_days = WholeNumberField(_("open within days of signing"), [Optional(), NumberRange(1, 3660)])

    def rule(self) -> refunds.Rule:
        kept = self.kept_percent.data or Decimal(0)
        return refunds.Rule(self.free_days.data, kept, self.outlets.data, self.outlets_days.data)
