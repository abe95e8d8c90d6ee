"""Forms of the invite list."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DecimalField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, ValidationError

from app.blueprints.invitations import queries
from app.models import GuestKind, Readiness
from app.web.fields import LineField, MobileField, WordField


def _person_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class InvitationForm(FlaskForm):
    """What one invitation says about its guest and this event."""

    kind = WordField(_("Comes as"), GuestKind, default=GuestKind.DEALER)
    readiness = WordField(_("Readiness"), Readiness, default=Readiness.PROSPECT)
    is_lead_signer = BooleanField(_("Lead signer"))
    rep_id = SelectField(_("Responsible rep"), coerce=_person_or_none, validators=[Optional()])
    companions_allowed = IntegerField(_("Companions allowed"), [NumberRange(0, 20)], default=1)
    expected_amount = DecimalField(
        _("Expected first contract"), [Optional(), NumberRange(0, 1_000_000_000)], places=2, default=None
    )
    table_label = LineField(_("Table"), [Length(max=20)])
    notes = TextAreaField(_("Notes for our own people"), [Length(max=2000)])
    host_notes = LineField(_("Note for the host at the door"), [Length(max=200)])

    def __init__(self, *args: Any, has_hall: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_hall:
            del self.table_label  # it follows from the seat
        people = [(person.id, person.name) for person in queries.reps()]
        self.rep_id.choices = [("", _("Nobody yet")), *people]


class GuestForm(InvitationForm):
    """A new guest: the person and the invitation on one page."""

    company = LineField(_("Company"), [DataRequired(_("Please enter the company.")), Length(max=120)])
    contact = LineField(_("Contact"), [DataRequired(_("Please enter the contact's name.")), Length(max=60)])
    contact_title = LineField(_("Position"), [Length(max=60)])
    mobile = MobileField(_("Mobile"))
    mail = LineField(_("Mail address"), [Optional(), Email(_("This is not a mail address.")), Length(max=120)])
    province = LineField(_("Province"), [Length(max=40)])
    city = LineField(_("City"), [Length(max=40)])
    source = LineField(_("Source"), [Length(max=60)])


class AssignForm(FlaskForm):
    """One change for several guests; what is left blank stays as it is."""

    rep_id = SelectField(_("Responsible rep"), coerce=_person_or_none, validators=[Optional()])
    readiness = WordField(_("Readiness"), Readiness, optional=_("leave as it is"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rep_id.choices = [("", _("leave as it is")), *((person.id, person.name) for person in queries.reps())]

    def validate_readiness(self, field: Any) -> None:
        if field.data is None and self.rep_id.data is None:
            raise ValidationError(_("Please choose a rep or a readiness."))

    def values(self) -> dict[str, Any]:
        """Return what is to be changed."""
        return {field.name: field.data for field in (self.rep_id, self.readiness) if field.data is not None}
