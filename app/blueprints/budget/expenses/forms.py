"""Forms of expenses."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.blueprints.budget.typed import SumField
from app.models import BudgetLine, CashAdvance, ExpenseKind, InvoiceKind
from app.web.fields import LineField, WordField
from app.web.locale import money


def above_nothing(_form: Any, field: Any) -> None:
    if field.data is not None and field.data <= Decimal(0):
        raise ValidationError(_("The sum must be above zero."))


def sum_field(label: Any) -> SumField:
    return SumField(label, [InputRequired(_("Please give the sum.")), above_nothing])


class OfLine(FlaskForm):
    """Something that a line of the budget pays."""

    line_id = SelectField(_("Line"), coerce=int)

    def offer(self, lines: Sequence[BudgetLine]) -> None:
        self.line_id.choices = [SelectChoice(line.id, line.name) for line in lines]


class ExpenseForm(OfLine):
    """What money is wanted for."""

    purpose = LineField(_("What the money is for"), [DataRequired(_("Please say what it is for.")), Length(max=200)])
    amount = sum_field(_("Sum, tax included"))
    kind = WordField(_("How it is paid"), ExpenseKind, default=ExpenseKind.PURCHASE)
    payee = LineField(_("Supplier, or who was paid"), [Length(max=120)])
    spent_on = DateField(_("Spent on"), [Optional()])
    photo = FileField(_("Picture of the receipt"))
    advance_id = SelectField(_("Paid out of"), coerce=int, default=0)
    client_id = HiddenField()

    def __init__(self, advances: Sequence[CashAdvance] = (), currency: str = "CNY", **values: Any) -> None:
        super().__init__(**values)
        self.advance_id.choices = [
            SelectChoice(0, _("My own money")),
            *(SelectChoice(each.id, _("My advance of %(sum)s", sum=money(each.amount, currency))) for each in advances),
        ]
        self.kind.choices = [each for each in self.kind.choices if each.value != ExpenseKind.PETTY_CASH.value]


class CashForm(OfLine):
    """Petty cash, on a phone: a sum, a picture, done."""

    amount = sum_field(_("Sum"))
    purpose = LineField(_("What the money is for"), [Length(max=200)])
    photo = FileField(_("Picture of the receipt"))
    client_id = HiddenField()


class InvoiceForm(FlaskForm):
    """A fapiao as it is printed."""

    kind = WordField(_("Kind of invoice"), InvoiceKind, default=InvoiceKind.VAT_NORMAL)
    number = LineField(
        _("Number, with the code in front where there is one"),
        [DataRequired(_("Please enter the number.")), Length(max=40)],
    )
    seller = LineField(_("Issuing company"), [Length(max=120)])
    issued_on = DateField(_("Issued on"), [InputRequired(_("Please give the day."))])
    amount = sum_field(_("Sum, tax included"))
    tax = SumField(_("Tax in it"))
    is_final = BooleanField(_("Nothing more will be invoiced for this expense"), default=True)
    scan = FileField(_("Scan or picture"))

    def validate_tax(self, field: SumField) -> None:
        if field.data is not None and self.amount.data is not None and field.data >= self.amount.data:
            raise ValidationError(_("The tax is part of the sum, so it must be less."))


class PayForm(FlaskForm):
    """Money that left."""

    amount = sum_field(_("Sum"))
    paid_on = DateField(_("Paid on"), [InputRequired(_("Please give the day."))])
    note = LineField(_("Number of the transfer"), [Length(max=120)])
