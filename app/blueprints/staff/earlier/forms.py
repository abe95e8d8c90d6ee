"""The form that staffs an event like an earlier one."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField

from app.models import Event
from app.web.locale import day


class CopyForm(FlaskForm):
    """Which event, and whether its people come along."""

    source_id = SelectField(_("Earlier event"), coerce=int)
    with_people = BooleanField(
        _("Its people as well"),
        default=True,
        description=_("Those who still work for us. They start as not told."),
    )

    def __init__(self, events: Sequence[Event], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.source_id.choices = [(each.id, f"{each.name} · {day(each.starts_at, each.time_zone)}") for each in events]
