"""The forms an answer is given on: the guest's own, one tap when asked again, and ours for a guest on the phone."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    HiddenField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from app import clock
from app.blueprints.rsvp.reply.actions import Details, Given
from app.blueprints.rsvp.reply.queries import OnRecord
from app.blueprints.rsvp.seats.rules import YES
from app.models import Answer, Invitation, TravelMode
from app.web.fields import InstantField, LineField, MobileField
from app.web.words import word

MOST_NIGHTS = 7
MOST_COMPANIONS = 9
AROUND_THE_EVENT = timedelta(days=14)

# As the guest says it, not as our lists show it.
CHOICES = (
    (Answer.COMING, _("Yes, I am coming")),
    (Answer.SUBSTITUTE, _("Somebody else comes for me")),
    (Answer.NOT_COMING, _("No, I cannot come")),
)


def _answer_of(value: str | None) -> Answer | None:
    return Answer(value) if value in set(Answer) else None


def _mode_of(value: str | None) -> TravelMode | None:
    return TravelMode(value) if value in set(TravelMode) else None


def _wanted_with_nights(form: Any, field: DateField) -> None:
    typed = field.raw_data and field.raw_data[0]
    if not typed and form.hotel_nights.data and form.answer.data in YES:
        raise StopValidation(gettext("From which night on?"))


class TapForm(FlaskForm):
    """Coming, not coming, somebody else: pressed once."""

    seen = HiddenField()
    answer = RadioField(_("Will you come?"), coerce=_answer_of, validate_choice=False)
    decline_reason = LineField(_("May we know why?"), [Length(max=200)])
    substitute_name = LineField(_("Who comes for you?"), [Length(max=60)], description=_("The name for the badge."))
    substitute_mobile = MobileField(_("Their mobile number"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer.choices = [(answer.value, label) for answer, label in CHOICES]

    def validate_answer(self, field: RadioField) -> None:
        if field.data is None:
            raise ValidationError(gettext("Please choose one of the three."))

    def validate_substitute_name(self, field: LineField) -> None:
        if self.answer.data is Answer.SUBSTITUTE and not field.data:
            raise ValidationError(gettext("Please tell us who comes."))

    @property
    def seen_version(self) -> int | None:
        """The version of the record that the page showed."""
        return int(self.seen.data) if (self.seen.data or "").isdecimal() else None

    def given(self) -> Given:
        """Return the answer as the action wants it."""
        return Given(
            answer=self.answer.data,
            decline_reason=self.decline_reason.data or "",
            substitute_name=self.substitute_name.data or "",
            substitute_mobile=self.substitute_mobile.data or "",
            details=None,
        )


class ReplyForm(TapForm):
    """The whole answer. `for_guest` wants consent; on the phone our own people record without it."""

    companions = FieldList(LineField(_("Companion"), [Length(max=60)]), max_entries=MOST_COMPANIONS)
    travel_mode = RadioField(_("How do you come?"), coerce=_mode_of)
    travel_number = LineField(
        _("Train or flight number"), [Length(max=20)], description=_("For instance G1234 or MU5678.")
    )
    arrives_at = InstantField(_("Arrival, day and time"), [Optional()])
    pickup_wanted = BooleanField(_("Please pick me up"))
    hotel_nights = SelectField(_("Hotel room"), [Optional()], coerce=int, default=0)
    hotel_from = DateField(_("First night"), [_wanted_with_nights, Optional()])
    diet = LineField(_("Food"), [Length(max=120)], description=_("Vegetarian, halal, allergies …"))
    question = TextAreaField(_("A question to us"), [Length(max=1000)])
    consent = BooleanField(_("I agree"))

    def __init__(self, invitation: Invitation, record: OnRecord, *, for_guest: bool = True, **kwargs: Any) -> None:
        self.event = invitation.event
        super().__init__(data=_present(invitation, record), **kwargs)
        self.allowed = max(invitation.companions_allowed, len(record.companions))
        self.wants_consent = for_guest and (record.reply is None or record.reply.consented_at is None)
        if not for_guest:
            self.answer.choices = [(answer.value, word(answer).text) for answer, _label in CHOICES]
            self.decline_reason.label.text = _("Reason")
        self.travel_mode.choices = [
            *((mode.value, word(mode).text) for mode in TravelMode),
            ("", _("I do not know yet")),
        ]
        self.hotel_nights.choices = [
            (nights, _nights(nights)) for nights in range(max(MOST_NIGHTS, self.hotel_nights.data or 0) + 1)
        ]
        while len(self.companions.entries) < self.allowed:
            self.companions.append_entry("")

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read the values; a time that was typed is one of the event's zone."""
        self.arrives_at.zone = self.event.time_zone
        super().process(*args, **kwargs)

    def validate_companions(self, field: FieldList) -> None:
        if len(self.names) > self.allowed:
            raise ValidationError(gettext("That is more companions than are invited."))

    def validate_arrives_at(self, field: InstantField) -> None:
        start = self.event.starts_at
        if field.data and not start - AROUND_THE_EVENT <= field.data <= self.event.ends_at:
            raise ValidationError(gettext("This is not near the days of the event."))

    def validate_consent(self, field: BooleanField) -> None:
        if self.wants_consent and self.answer.data in YES and not field.data:
            raise ValidationError(gettext("We may only keep your details if you agree."))

    @property
    def names(self) -> list[str]:
        """The companions that were named."""
        return [entry.data for entry in self.companions.entries if entry.data]

    @property
    def has_details(self) -> bool:
        """Whether something about journey, hotel or food is filled in or wrong, so that it is shown open."""
        fields = (self.travel_mode, self.travel_number, self.arrives_at, self.hotel_from, self.diet)
        return bool(
            any(field.errors for field in fields)
            or any(field.data for field in fields[:3] + fields[4:])
            or self.pickup_wanted.data
            or self.hotel_nights.data
        )

    def given(self) -> Given:
        nights = self.hotel_nights.data or 0
        details = Details(
            companions=self.names,
            travel_mode=self.travel_mode.data,
            travel_number=self.travel_number.data or "",
            arrives_at=self.arrives_at.data,
            pickup_wanted=self.pickup_wanted.data,
            hotel_from=self.hotel_from.data if nights else None,
            hotel_nights=nights,
            diet=self.diet.data or "",
            question=(self.question.data or "").strip(),
            consent=self.consent.data,
        )
        simple = super().given()
        return Given(
            simple.answer,
            simple.decline_reason,
            simple.substitute_name,
            simple.substitute_mobile,
            details if simple.answer in YES else None,
        )


def _present(invitation: Invitation, record: OnRecord) -> dict[str, Any]:
    """What stands in the form when it is opened."""
    reply, event = record.reply, invitation.event
    data: dict[str, Any] = {
        "seen": str(record.version),
        "companions": [each.name for each in record.companions],
        "hotel_from": _night_before(event.starts_at, event.time_zone),
    }
    if reply is None:
        return data
    names = ("answer", "decline_reason", "substitute_name", "substitute_mobile", "travel_mode", "travel_number")
    more = ("arrives_at", "pickup_wanted", "hotel_nights", "diet", "question")
    data |= {name: getattr(reply, name) for name in names + more}
    return data | ({"hotel_from": reply.hotel_from} if reply.hotel_from else {})


def _night_before(starts_at: datetime, time_zone: str) -> date:
    return clock.local(starts_at, time_zone).date() - timedelta(days=1)


def _nights(nights: int) -> Any:
    if nights == 0:
        return _("No room, thank you")
    return ngettext("%(num)d night", "%(num)d nights", nights)
