"""The forms of roles, shifts and needs."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from app.blueprints.staff.versions import VersionedForm
from app.models import Event, Grant, Shift, StaffKind, StaffRole
from app.web.fields import InstantField, LineField, WholeNumberField, WordField

LONGEST_SHIFT = timedelta(hours=24)
LONGEST_LINE = 200
LONGEST_STATION = 60


class RoleForm(VersionedForm):
    """A role and its duties."""

    name = LineField(_("Name of the role"), [DataRequired(_("What is the role called?")), Length(max=60)])
    held_by = LineField(
        _("Held by"),
        [Length(max=60)],
        description=_("Whom the house names for it, for instance the marketing manager."),
    )
    department = LineField(_("Department"), [Length(max=60)])
    for_kind = WordField(_("Mostly done by"), StaffKind, description=_("They are suggested first."))
    duties = TextAreaField(
        _("Duties of the role"), [Length(max=4000)], description=_("One a line. People tick them off on the day.")
    )
    stations = TextAreaField(
        _("Stations"),
        [Length(max=2000)],
        description=_("One a line: the first person stands at the first, the second at the second."),
    )
    settles = TextAreaField(_("To settle afterwards"), [Length(max=2000)], description=_("One a line: bills."))
    returns = TextAreaField(
        _("To give back afterwards"), [Length(max=2000)], description=_("One a line: clothes, radios, keys.")
    )
    hands_over = TextAreaField(
        _("To hand over afterwards"), [Length(max=2000)], description=_("One a line: lists, papers, what is left.")
    )
    is_lead = BooleanField(_("Lead role"), description=_("A lead role wants a deputy."))
    grant = WordField(
        _("The role brings"),
        Grant,
        description=_("It holds until the event closes. Deputies hold it from the day of the set-up."),
    )
    grant_days = WholeNumberField(
        _("From how many days before the event"),
        [Optional(), NumberRange(0, 365)],
        description=_("1 is the day before, 0 the day itself. Left blank: as soon as somebody has the role."),
    )

    def __init__(
        self, role: StaffRole | None = None, *, may_give: Collection[Grant] = tuple(Grant), **kwargs: Any
    ) -> None:
        """`may_give` names the rights that whoever fills the form in may hand on; what the role has may stay."""
        super().__init__(obj=role, **kwargs)
        self.has = (role.grant, role.grant_days) if role else (Grant.NONE, None)
        self.may_give = may_give
        open_to = {*may_give, Grant.NONE, self.has[0]}
        self.grant.choices = [each for each in self.grant.choices or [] if Grant(each.value) in open_to]

    def validate_grant_days(self, field: WholeNumberField) -> None:
        if (self.grant.data, field.data) != self.has and self.grant.data not in {*self.may_give, Grant.NONE}:
            raise ValidationError(gettext("You do not hold these rights yourself, so when they begin stays as it is."))

    def validate_duties(self, field: TextAreaField) -> None:
        _no_longer(field, LONGEST_LINE)

    def validate_stations(self, field: TextAreaField) -> None:
        _no_longer(field, LONGEST_STATION)

    def validate_settles(self, field: TextAreaField) -> None:
        _no_longer(field, LONGEST_LINE)

    def validate_returns(self, field: TextAreaField) -> None:
        _no_longer(field, LONGEST_LINE)

    def validate_hands_over(self, field: TextAreaField) -> None:
        _no_longer(field, LONGEST_LINE)

    @property
    def values(self) -> dict[str, Any]:
        """The columns of a role, empty lines left out."""
        values = {name: value for name, value in self.data.items() if name not in {"version", "csrf_token"}}
        for name in ("duties", "stations", "settles", "returns", "hands_over"):
            values[name] = "\n".join(_lines(values[name]))
        return values


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


def _no_longer(field: TextAreaField, most: int) -> None:
    if any(len(line) > most for line in _lines(field.data)):
        raise ValidationError(gettext("No line longer than %(most)s characters.", most=most))


class ShiftForm(VersionedForm):
    """A shift, as the clock on the wall of the event shows it. It may go on over midnight."""

    name = LineField(_("Name of the shift"), [DataRequired(_("What is the shift called?")), Length(max=60)])
    starts_at = InstantField(_("Starts"), [DataRequired(_("When does it start?"))])
    ends_at = InstantField(_("Ends"), [DataRequired(_("When does it end?"))])

    def __init__(self, event: Event, shift: Shift | None = None, **kwargs: Any) -> None:
        self.event = event
        super().__init__(obj=shift, **kwargs)

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **kwargs: Any) -> None:
        """The times are wall-clock times of the event's zone."""
        for field in (self.starts_at, self.ends_at):
            field.zone = self.event.time_zone
        super().process(formdata, obj, data, **kwargs)

    def validate_ends_at(self, field: InstantField) -> None:
        start = self.starts_at.data
        if start is None or field.data is None:
            return
        if field.data <= start:
            raise ValidationError(gettext("The end comes after the start. Over midnight, choose the next day."))
        if field.data - start > LONGEST_SHIFT:
            raise ValidationError(gettext("No shift is longer than a day."))

    @property
    def values(self) -> dict[str, Any]:
        return {"name": self.name.data, "starts_at": self.starts_at.data, "ends_at": self.ends_at.data}
