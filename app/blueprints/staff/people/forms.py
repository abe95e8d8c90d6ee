"""The form of one person."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DecimalField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, ValidationError

from app.blueprints.staff.people import queries
from app.blueprints.staff.versions import VersionedForm
from app.models import ClothingCut, StaffKind, StaffPerson
from app.web.fields import LineField, MobileField, WordField

LANGUAGES = (
    SelectChoice("", _("as our settings say")),
    SelectChoice("zh_CN", "中文"),
    SelectChoice("en", "English"),
)
MOST_A_DAY = 1_000_000


class PersonForm(VersionedForm):
    """Somebody who works at events."""

    name = LineField(_("Name"), [DataRequired(_("What is the person called?")), Length(max=80)])
    kind = WordField(_("Works as"), StaffKind, default=StaffKind.RECEPTIONIST)
    mobile = MobileField(_("Mobile"), description=_("Duties are told by SMS, and the phone list shows it."))
    mail = LineField(_("Mail address"), [Optional(), Email(_("This is not a mail address.")), Length(max=120)])
    agency = LineField(_("Agency"), [Length(max=120)], description=_("Through whom the person is hired."))
    day_rate = DecimalField(
        _("Day rate"), [Optional(), NumberRange(0, MOST_A_DAY, _("Not less than nothing."))], places=2, default=None
    )
    cut = WordField(_("Work clothes"), ClothingCut, optional=_("not known yet"))
    clothing_size = LineField(_("Clothing size"), [Length(max=10)], description=_("For instance M, XL or 170/92A."))
    locale = SelectField(_("Language"), choices=LANGUAGES)
    notes = TextAreaField(_("Notes"), [Length(max=2000)])

    def __init__(self, person: StaffPerson | None = None, **kwargs: Any) -> None:
        self.person = person
        super().__init__(obj=person, **kwargs)

    def validate_mobile(self, field: MobileField) -> None:
        if not field.data:
            return
        other = queries.by_mobile(field.data, self.person.id if self.person else None)
        if other is not None:
            raise ValidationError(_("%(person)s has this number.") % {"person": other.name})

    @property
    def values(self) -> dict[str, Any]:
        """The columns of a person; an empty mobile, mail or language is none."""
        values = {name: value for name, value in self.data.items() if name not in {"version", "csrf_token"}}
        for name in ("mobile", "mail", "locale"):
            values[name] = values[name] or None
        return values
