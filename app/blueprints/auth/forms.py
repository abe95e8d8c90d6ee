"""The forms of accounts. What a password must be is decided by `rules.weakness`."""

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, PasswordField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.access import Role
from app.blueprints.auth import rules
from app.texts import LOCALES
from app.web.fields import LineField, MobileField
from app.web.words import choices

LANGUAGES = (SelectChoice("zh_CN", "中文"), SelectChoice("en", "English"))


class LoginField(LineField):
    """A mail address that is somebody's login name: lower case, as it is kept."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").lower()


class NewPasswordField(PasswordField):
    """A password to be set. Told apart from the account's own words when the form knows them (`login`, `name`)."""

    login = ""
    name_of_person = ""

    def pre_validate(self, form: Form) -> None:
        found = rules.weakness(self.data or "", login=self.login, name=self.name_of_person)
        if found is not None:
            raise ValidationError(gettext(rules.REASONS[found]) % rules.LIMITS)


def _required(text: Any) -> InputRequired:
    return InputRequired(text)


_IS_MAIL = Regexp(re.compile(rf"{rules.MAIL_ADDRESS.pattern}\Z"), message=_("This is not a mail address."))


class RolesField(SelectMultipleField):
    """Roles as boxes to tick, as a set of the enum's members."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, choices=choices(Role), coerce=Role, **kwargs)


class LanguageField(SelectField):
    """One of our languages, or None: as the browser asks."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(
            label,
            choices=[SelectChoice("", _("As the browser asks")), *LANGUAGES],
            coerce=lambda value: value if value in LOCALES else None,
            validate_choice=False,
            **kwargs,
        )


class SignInForm(FlaskForm):
    login = LoginField(_("Mail address"), [_required(_("Your mail address is missing.")), Length(max=120)])
    password = PasswordField(_("Password"), [_required(_("Your password is missing.")), Length(max=rules.LONGEST)])
    next = HiddenField()


class SetUpForm(FlaskForm):
    name = LineField(_("Your name"), [_required(_("A name is missing.")), Length(max=80)])
    login = LoginField(_("Mail address"), [_required(_("A mail address is missing.")), Length(max=120), _IS_MAIL])
    password = NewPasswordField(_("Password"), [_required(_("A password is missing."))])

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        self.password.login, self.password.name_of_person = self.login.data or "", self.name.data or ""
        return bool(super().validate(*args, **kwargs))


class ForgottenForm(FlaskForm):
    login = LoginField(_("Mail address"), [_required(_("Your mail address is missing.")), Length(max=120), _IS_MAIL])


class NewPasswordForm(FlaskForm):
    password = NewPasswordField(_("New password"), [_required(_("A password is missing."))])


class ChangePasswordForm(FlaskForm):
    current = PasswordField(_("Present password"), [_required(_("Your present password is missing."))])
    password = NewPasswordField(_("New password"), [_required(_("A password is missing."))])


class OwnForm(FlaskForm):
    name = LineField(_("Name"), [_required(_("A name is missing.")), Length(max=80)])
    mobile = MobileField(_("Mobile"))
    locale = LanguageField(_("Language"))


class UserForm(FlaskForm):
    name = LineField(_("Name"), [_required(_("A name is missing.")), Length(max=80)])
    login = LoginField(
        _("Mail address"),
        [_required(_("A mail address is missing.")), Length(max=120), _IS_MAIL],
        description=_("The person signs in with it and gets mail there."),
    )
    mobile = MobileField(_("Mobile"))
    department = LineField(_("Department"), [Length(max=60)])
    locale = LanguageField(_("Language"))
    roles = RolesField(_("Roles"))  # none: the person sees the events they are planned for, and nothing else


class SavedViewForm(FlaskForm):
    name = LineField(_("Name of this view"), [_required(_("A name is missing.")), Length(max=60)])
