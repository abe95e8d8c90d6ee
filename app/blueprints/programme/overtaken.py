"""Two people edit one record: whoever saves second is told what the first has saved, and loses nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from wtforms import BooleanField, Field, FileField
from wtforms.fields.choices import SelectFieldBase

from app import journal
from app.blueprints.staff.versions import VersionedForm
from app.models import Base
from app.web.fields import InstantField
from app.web.locale import moment

_NOT_OF_THE_RECORD = {"csrf_token", "version", "along", "without_proof"}


@dataclass(frozen=True)
class Difference:
    """One field: what stands there by now, and what was typed."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Overtaken:
    """What somebody else has saved in the meantime, who and when."""

    differences: tuple[Difference, ...]
    by: str
    at: datetime | None


def overtaken(form: VersionedForm, version: int, stored: VersionedForm, told_of: Base) -> Overtaken | None:
    """Return what differs when a record has been saved since its form was shown; None lets the form be saved.

    `stored` is the form filled from the record as it is now, `told_of` what the journal's entries are about. Somebody
    who typed what the other has saved, or whose record merely began or ended on the day, is not asked anything.
    """
    if not form.overtaken_by(version):
        return None
    found = tuple(_differences(form, stored))
    if not found:
        form.is_overtaken = False
        return None
    last = journal.history_of(told_of, 1)
    return Overtaken(found, last[0].actor if last else "", last[0].at if last else None)


def _differences(mine: VersionedForm, theirs: VersionedForm) -> Iterator[Difference]:
    for field in mine:
        if field.short_name in _NOT_OF_THE_RECORD or isinstance(field, FileField):
            continue
        now, typed = _said(theirs[field.short_name]), _said(field)
        if now != typed:
            yield Difference(str(field.label.text), now or "—", typed or "—")


def _said(field: Field) -> str:
    if isinstance(field, SelectFieldBase):
        return _(", ").join(str(option.label.text) for option in field if option.checked)
    if isinstance(field, BooleanField):
        return _("yes") if field.data else _("no")
    if isinstance(field, InstantField):
        return moment(field.data, field.zone) if field.data else ""
    if isinstance(field.data, Decimal):
        return f"{field.data.normalize():f}"
    return "" if field.data is None else str(field.data)
