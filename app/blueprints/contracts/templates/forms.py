"""Forms of the template editor."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from app.blueprints.contracts.document.rules import grammar
from app.blueprints.contracts.document.rules.values import choices
from app.blueprints.contracts.document.sources import SOURCES
from app.blueprints.contracts.templates.actions import Blank, ClauseText
from app.blueprints.contracts.templates.rules.checking import words_of
from app.errors import SigningDayError
from app.models import ContractKind, TemplateLanguage, TemplateVariable, TemplateVersion, VariableKind
from app.web.errors import sentence
from app.web.fields import LineField, WordField


class SeenForm(FlaskForm):
    """Anything that changes a version: it tells which state of it the person saw."""

    seen = IntegerField(widget=HiddenInput(), default=0)


class CreateForm(FlaskForm):
    """A template of the company's own."""

    name = LineField(_("Name of the template"), [DataRequired(_("Please enter the name.")), Length(max=80)])
    kind = WordField(_("Kind of contract"), ContractKind, default=ContractKind.DISTRIBUTION)
    language = WordField(_("Printed in"), TemplateLanguage, default=TemplateLanguage.ZH)


class TitleForm(SeenForm):
    """What stands on top of the document."""

    title = LineField(_("Title of the document"), [DataRequired(_("Please enter the title.")), Length(max=120)])
    title_en = LineField(_("Title in English"), [Length(max=120)])
    language = WordField(_("Printed in"), TemplateLanguage)


class RemarksForm(FlaskForm):
    """Why a version goes back."""

    remarks = TextAreaField(
        _("What has to be mended"), [DataRequired(_("Say what has to be mended.")), Length(max=2000)]
    )


class ClauseForm(SeenForm):
    """One clause in both languages, and when it is printed."""

    heading = LineField(_("Heading"), [Length(max=120)], description=_("Without a heading it is not numbered."))
    body = TextAreaField(_("Text in Chinese"), [Length(max=grammar.LONGEST_BODY)])
    heading_en = LineField(_("Heading in English"), [Length(max=120)])
    body_en = TextAreaField(_("Text in English"), [Length(max=grammar.LONGEST_BODY)])
    condition = SelectField(_("Printed only if"), validate_choice=True)

    def __init__(self, version: TemplateVersion, **values: Any) -> None:
        super().__init__(**values)
        known = conditions(version)
        here = values["data"].get("condition", "") if "data" in values else ""
        if here and here not in {option.value for option in known}:
            known.append(SelectChoice(here, here))
        self.condition.choices = known

    def text(self) -> ClauseText:
        """Return what was typed; browsers send the ends of lines as CR LF."""
        body, body_en = ((field.data or "").replace("\r\n", "\n").strip() for field in (self.body, self.body_en))
        return ClauseText(self.heading.data or "", self.heading_en.data or "", body, body_en, self.condition.data or "")


class VariableForm(SeenForm):
    """A blank: what it is called, what may stand there and where it comes from."""

    key = LineField(
        _("Name in the text"),
        [DataRequired(_("Please enter a name for the variable.")), Length(max=40)],
        description=_("Small letters, figures and underscores: deposit, first_order."),
    )
    label = LineField(_("What people read"), [DataRequired(_("Please enter what people read.")), Length(max=80)])
    label_en = LineField(_("What people read, in English"), [Length(max=80)])
    kind = WordField(_("Kind of value"), VariableKind, default=VariableKind.TEXT)
    source = SelectField(_("Filled from"))
    is_required = BooleanField(_("Nothing is printed while it is empty"), default=True)
    options = TextAreaField(
        _("Words to choose from"),
        [Length(max=4000)],
        description=_("One a line: word | Chinese | English. The word is what conditions ask for."),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        typed = SelectChoice("", gettext("typed into the contract’s form"))
        self.source.choices = [typed] + [SelectChoice(key, gettext(each.label)) for key, each in SOURCES.items()]

    def validate_key(self, field: LineField) -> None:
        if not grammar.is_key(field.data):
            raise ValidationError(_("Only small letters, figures and underscores, a letter first."))

    def validate_source(self, field: SelectField) -> None:
        source = SOURCES.get(field.data)
        if source and source.kind is not self.kind.data:
            raise ValidationError(_("What comes from there is of another kind."))

    def blank(self) -> Blank:
        """Return what was typed."""
        lines = [[part.strip() for part in line.split("|")] for line in (self.options.data or "").splitlines()]
        given = choices([parts for parts in lines if parts[0]])
        return Blank(
            key=self.key.data or "",
            label=self.label.data or "",
            label_en=self.label_en.data or "",
            kind=self.kind.data,
            is_required=self.is_required.data,
            choices=tuple((each.word, each.text, each.text_en) for each in given),
            source=self.source.data or "",
        )


def conditions(version: TemplateVersion) -> list[SelectChoice]:
    """Return every condition that a clause of the version may have, as options."""
    options = [SelectChoice("", gettext("always"))]
    for variable in version.variables:
        if variable.kind is VariableKind.CHOICE:
            options += _words(variable)
        elif variable.kind is VariableKind.YES_NO:
            options.append(SelectChoice(variable.key, gettext("%(label)s: yes", label=variable.label)))
            options.append(SelectChoice(f"not {variable.key}", gettext("%(label)s: no", label=variable.label)))
        else:
            options.append(SelectChoice(variable.key, gettext("%(label)s is there", label=variable.label)))
            options.append(SelectChoice(f"not {variable.key}", gettext("%(label)s is not there", label=variable.label)))
    return options


def _words(variable: TemplateVariable) -> list[SelectChoice]:
    return [
        SelectChoice(f"{variable.key} is {word}", f"{variable.label}{gettext(': ')}{text}")
        for word, text in words_of(variable).items()
    ]


def said(errors: Sequence[SigningDayError]) -> list[str]:
    """Return errors as sentences."""
    return [sentence(error) for error in errors]
