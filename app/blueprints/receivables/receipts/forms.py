"""A receipt as it is typed in, how it is divided, and the reasons of what undoes."""

import unicodedata
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, DecimalField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from app.blueprints.receivables.receipts.actions import Given
from app.models import ReceiptWay
from app.web.fields import LineField, WordField

_MOST = Decimal(10) ** 13


class AmountField(DecimalField):
    """A sum of money as people type it: full-width figures and commas between the thousands are read too."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = unicodedata.normalize("NFKC", valuelist[0]) if valuelist else ""
        super().process_formdata([typed.replace(",", "").replace("¥", "").strip()] if typed.strip() else [])


class ReceiptForm(FlaskForm):
    """What the slip says. The currency is that of what is owed."""

    amount = AmountField(_("Sum"), [InputRequired(_("Please give the sum.")), NumberRange(Decimal("0.01"), _MOST)])
    way = WordField(_("How"), ReceiptWay)
    received_on = DateField(_("Received on"), [InputRequired(_("Please give the day."))])
    payer = LineField(_("Who paid"), [Length(max=120)])
    reference = LineField(_("Number of the slip or transfer"), [Length(max=60)])
    note = LineField(_("Note"), [Length(max=200)])
    slip = FileField(_("Picture of the slip"))

    def __init__(self, currency: str, today: date, **kwargs: object) -> None:
        self.currency, self.today = currency, today
        super().__init__(**kwargs)

    def validate_amount(self, field: DecimalField) -> None:
        places = get_currency_precision(self.currency)
        if field.data is not None and field.data != round(field.data, places):
            raise ValidationError(gettext("%(currency)s has no such small coins.", currency=self.currency))

    def validate_received_on(self, field: DateField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(gettext("This day is still to come."))

    def given(self) -> Given:
        return Given(
            way=self.way.data,
            amount=self.amount.data or Decimal(0),
            currency=self.currency,
            received_on=self.received_on.data or self.today,
            payer=self.payer.data or "",
            reference=self.reference.data or "",
            note=self.note.data or "",
        )


class ReasonForm(FlaskForm):
    """Why something is undone, or passed over. Blanks are no reason."""

    reason = LineField(_("Reason"), [DataRequired(_("Please give the reason.")), Length(max=200)])


class RefundForm(ReasonForm):
    """How much goes back to the dealer, and why."""

    amount = AmountField(_("Sum"), [InputRequired(_("Please give the sum.")), NumberRange(Decimal("0.01"), _MOST)])
