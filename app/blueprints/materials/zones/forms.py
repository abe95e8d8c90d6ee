"""Forms of zones, their tasks, and the site visit."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired, Length, Optional

from app.blueprints.materials.forms import id_or_none
from app.blueprints.materials.zones import queries
from app.blueprints.staff.versions import VersionedForm
from app.models import Event, Fitness, HallRequirement, ZoneTask
from app.web.fields import InstantField, LineField
from app.web.words import word

FITNESS = (Fitness.FITS, Fitness.FAILS, Fitness.UNSEEN)


class ZoneForm(FlaskForm):
    """A part of the hall."""

    name = LineField(_("Name of the zone"), [DataRequired(_("Please enter the name.")), Length(max=80)])


class TaskForm(VersionedForm):
    """Something to set up."""

    text = LineField(_("What to set up"), [DataRequired(_("Please say what to set up.")), Length(max=200)])
    owner_id = SelectField(_("Sees to it"), coerce=id_or_none, validators=[Optional()])
    due_at = InstantField(
        _("Until"), [Optional()], description=_("Left blank: an hour before the start, and it moves along with it.")
    )
    material_id = SelectField(_("Needs the material"), coerce=id_or_none, validators=[Optional()])

    def __init__(self, event: Event, task: ZoneTask | None = None, **kwargs: Any) -> None:
        self.event = event
        super().__init__(obj=task, **kwargs)
        people = queries.owners(task.owner_id if task else None)
        self.owner_id.choices = [("", _("Nobody sees to it yet")), *people]
        self.material_id.choices = [("", _("None")), *queries.materials(event)]

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.due_at.zone = self.event.time_zone
        super().process(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("text", "owner_id", "due_at", "material_id")}


class PhotoForm(FlaskForm):
    """A picture of what stands."""

    file = FileField(
        _("Picture"), [FileRequired(_("Please choose a picture."))], description=_("PNG or JPEG, up to 12 MB.")
    )


class RequirementForm(FlaskForm):
    """Something the hall must have or be."""

    text = LineField(_("What the hall must have"), [DataRequired(_("Please enter a text.")), Length(max=200)])


class FindingForm(FlaskForm):
    """What the site visit found about one requirement."""

    fitness = RadioField(_("Finding"), coerce=Fitness)
    note = LineField(_("Note"), [Length(max=300)])
    file = FileField(_("Picture"), [Optional()], description=_("PNG or JPEG, up to 12 MB."))

    def __init__(self, row: HallRequirement, **kwargs: Any) -> None:
        super().__init__(obj=row, **kwargs)
        self.fitness.choices = [(each.value, word(each).text) for each in FITNESS]
