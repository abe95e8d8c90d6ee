"""What came of a call, in one tap or two; and how a dealer pays."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from app.blueprints.receivables.followup.actions import Said
from app.blueprints.receivables.receipts.forms import AmountField
from app.models import DunningOutcome, Receivable
from app.web.fields import LineField, WholeNumberField


class CallForm(FlaskForm):
    """`outcome` is the button that was pressed; "promised:2026-12-01" brings its day along."""

    outcome = StringField(_("What came of it"))
    note = LineField(_("What was said"), [Length(max=300)])
    amount = AmountField(_("Promised sum"), [Optional()])
    until = DateField(_("Promised until"), [Optional()])
    next_call_on = DateField(_("Call again on"), [Optional()])

    def validate_outcome(self, field: StringField) -> None:
        kind, _colon, day = (field.data or "").partition(":")
        if kind not in set(DunningOutcome):
            raise ValidationError(gettext("Please say what came of the call."))
        try:
            self.day = date.fromisoformat(day) if day else None
        except ValueError as fault:
            raise ValidationError(gettext("Please say what came of the call.")) from fault
        self.kind = DunningOutcome(kind)
        if self.kind is DunningOutcome.PROMISED and not (self.day or self.until.data):
            raise ValidationError(gettext("Until when was it promised?"))
        if self.kind is DunningOutcome.CALL_BACK and not (self.day or self.next_call_on.data):
            raise ValidationError(gettext("When shall the call be?"))

    def said(self, row: Receivable) -> Said:
        """Return what was typed; a promise without a sum is for all that is open."""
        is_promise = self.kind is DunningOutcome.PROMISED
        return Said(
            outcome=self.kind,
            note=self.note.data or "",
            next_call_on=self.day or self.next_call_on.data if self.kind is DunningOutcome.CALL_BACK else None,
            promised_amount=(self.amount.data or row.open_amount) if is_promise else None,
            promised_on=(self.day or self.until.data) if is_promise else None,
        )


class HabitForm(FlaskForm):
    """How a dealer pays."""

    no_mornings = BooleanField(_("No calls or messages about money before noon"))
    pay_day = WholeNumberField(
        _("Pays on which day of the month"), [Optional(), NumberRange(1, 31, _("A day from 1 to 31 is wanted."))]
    )
    payer = LineField(_("Who pays for the company"), [Length(max=120)])
    note = LineField(_("Note"), [Length(max=200)])
