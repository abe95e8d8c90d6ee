"""Forms of sessions, slides and rehearsals."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.blueprints.staff.versions import VersionedForm
from app.models import Event, FrontPerson, Point, SessionKind
from app.web.fields import InstantField, LineField, WholeNumberField, WordField
from app.web.words import word


def number(value: object) -> int | None:
    """Return the id that a select field posts, None for its blank option."""
    return int(str(value)) if value not in (None, "", "None") else None


class PointsField(SelectMultipleField):
    """Boxes, one for each point."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SessionForm(VersionedForm):
    """A session. `along` moves what follows in its room."""

    title = LineField(_("Title"), [DataRequired(_("Please enter the title.")), Length(max=120)])
    title_en = LineField(_("Title in English"), [Length(max=120)])
    kind = WordField(_("Kind"), SessionKind, default=SessionKind.TALK)
    starts_at = InstantField(_("Begins"), [DataRequired(_("Please enter day and time."))])
    minutes = WholeNumberField(
        _("Minutes"),
        [DataRequired(_("Please enter the length.")), NumberRange(1, 1440, _("Between 1 minute and 24 hours."))],
        default=30,
    )
    room = LineField(_("Room"), [Length(max=80)])
    speaker_id = SelectField(_("Speaker"), coerce=number)
    points = PointsField(_("What it answers, and the trust it builds"), coerce=Point)
    is_public = BooleanField(_("In the guests’ programme"), default=True)
    note = LineField(_("Note"), [Length(max=300)])
    along = BooleanField(_("Move what follows in this room along"))

    def __init__(self, event: Event, people: Sequence[FrontPerson], *args: Any, **values: Any) -> None:
        self.event = event
        super().__init__(*args, **values)
        self.speaker_id.choices = [
            SelectChoice("", gettext("Nobody yet")),
            *(SelectChoice(each.id, f"{each.name} · {each.title}" if each.title else each.name) for each in people),
        ]
        self.points.choices = [SelectChoice(each.value, word(each).text) for each in Point]

    def process(self, *args: Any, **kwargs: Any) -> None:
        """The time is wall-clock time of the event's zone."""
        self.starts_at.zone = self.event.time_zone
        super().process(*args, **kwargs)


class SlidesForm(FlaskForm):
    """Slides of a session."""

    file = FileField(_("Slides"), [FileRequired(_("Please choose a file."))])
    note = LineField(_("What has changed"), [Length(max=120)])


class RehearsalForm(FlaskForm):
    """A rehearsal of a session."""

    held_on = DateField(_("Held on"), [DataRequired(_("Please enter a day."))])
    watched_by = LineField(_("Who watched"), [DataRequired(_("Please say who watched.")), Length(max=200)])
    questions = TextAreaField(_("Questions that were asked"), [Length(max=4000)])
    to_mend = TextAreaField(_("What to mend"), [Length(max=4000)])
    is_ready = BooleanField(_("Ready: could answer every question"))
