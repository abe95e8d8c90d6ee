"""What came of a call: one button, and for some outcomes a name or a time."""

from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from app import clock
from app.blueprints.rsvp.calls.actions import ANSWERS
from app.blueprints.rsvp.reply.actions import Given
from app.models import CallOutcome, Event
from app.web.fields import InstantField, LineField, MobileField


def _name_wanted(form: Any, field: LineField) -> None:
    if form.chosen is CallOutcome.SUBSTITUTE and not field.data:
        raise StopValidation(gettext("Please enter who comes."))


class CallForm(FlaskForm):
    """One call. A button's value is the outcome, or "call_back:" with the time it offers."""

    outcome = HiddenField()
    note = LineField(_("What was said"), [Length(max=300)])
    next_call_at = InstantField(_("Call back at"), [Optional()])
    substitute_name = LineField(_("Who comes?"), [_name_wanted, Length(max=60)])
    substitute_mobile = MobileField(_("Their mobile number"))
    decline_reason = LineField(_("Reason"), [Length(max=200)])

    def __init__(self, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(**kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read the values; a time that was typed is one of the event's zone."""
        self.next_call_at.zone = self.event.time_zone
        super().process(*args, **kwargs)

    @property
    def chosen(self) -> CallOutcome | None:
        """The outcome of the button that was pressed."""
        word = (self.outcome.data or "").partition(":")[0]
        return CallOutcome(word) if word in set(CallOutcome) else None

    @property
    def again_at(self) -> datetime | None:
        """When to call back: the time the button offered, else the one typed."""
        offered = (self.outcome.data or "").partition(":")[2]
        try:
            moment = datetime.fromisoformat(offered)
        except ValueError:
            return self.next_call_at.data
        return moment.astimezone(UTC) if moment.tzinfo else self.next_call_at.data

    def validate_outcome(self, field: HiddenField) -> None:
        if self.chosen is None:
            raise ValidationError(gettext("Please choose what came of the call."))

    def validate_next_call_at(self, field: InstantField) -> None:
        if field.data and not clock.now() < field.data < self.event.starts_at:
            raise ValidationError(gettext("The next call has to lie between now and the event."))

    def given(self) -> Given | None:
        """Return the answer that the outcome amounts to, if any."""
        outcome = self.chosen
        if outcome not in ANSWERS:
            return None
        return Given(
            ANSWERS[outcome],
            decline_reason=self.decline_reason.data or self.note.data or "",
            substitute_name=self.substitute_name.data or "",
            substitute_mobile=self.substitute_mobile.data or "",
        )
