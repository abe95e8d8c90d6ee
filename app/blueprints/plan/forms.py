"""Forms of the plan."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from app.blueprints.plan.facts import known
from app.blueprints.plan.rules.clean import cleaned
from app.blueprints.plan.rules.filling import Fault
from app.models import Control, User
from app.web.fields import LineField, WordField

_NAME = Length(max=60)


class TitleForm(FlaskForm):
    """What the title block says."""

    title = LineField(_("Title"), [DataRequired(_("Please enter the title.")), Length(max=120)])
    control = WordField(_("Controlled status"), Control, default=Control.CONTROLLED)
    executing = LineField(_("Executing department"), [_NAME])
    supervising = LineField(_("Supervising department"), [_NAME])
    verifying = LineField(_("Verifying department"), [_NAME])


class SectionForm(FlaskForm):
    """A section: `opened` says what it said when it was opened."""

    heading = LineField(_("Heading"), [DataRequired(_("Please enter the heading.")), Length(max=80)])
    body = TextAreaField(_("Text"), [Length(max=400_000)])
    opened = HiddenField()

    def validate_body(self, field: TextAreaField) -> None:
        """Placeholders that nothing is known of are told while the writer is still there."""
        said = {
            Fault.UNKNOWN: gettext("“{{%(name)s}}” is not a placeholder we know."),
            Fault.NOT_ALONE: gettext("“{{%(name)s}}” is a table or list: put it in a paragraph of its own."),
            Fault.UNFINISHED: gettext("A placeholder is not finished: it needs two braces on both sides."),
        }
        told = []
        for wrong in known.faults(cleaned(field.data or "")):
            text = said[wrong.fault] % {"name": wrong.name}
            told.append(text + (gettext(" Do you mean “{{%(name)s}}”?") % {"name": wrong.meant} if wrong.meant else ""))
        if told:
            raise ValidationError(" ".join(told))


class AskForm(FlaskForm):
    """Who is to review and who to approve."""

    reviewer = SelectField(_("Reviewer"), coerce=int)
    approver = SelectField(_("Approver"), coerce=int)

    def offer(self, reviewers: Sequence[User], approvers: Sequence[User]) -> None:
        """Set whom one can ask."""
        for field, people in ((self.reviewer, reviewers), (self.approver, approvers)):
            field.choices = [
                SelectChoice(each.id, f"{each.name} · {each.department}" if each.department else each.name)
                for each in people
            ]


class RevisionForm(FlaskForm):
    """Why an approved plan is changed."""

    reason = LineField(
        _("Reason"), [DataRequired(_("Please say in one line why the plan is revised.")), Length(max=200)]
    )
