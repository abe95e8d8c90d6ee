"""The forms of packages and of how far each role may go."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DecimalField, FieldList, Form, FormField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from app.access import Role
from app.blueprints.staff.versions import VersionedForm
from app.blueprints.territories.rules.authority import ROLES, TERMS
from app.models import ConcessionKind, Event, Package, Term
from app.web.fields import InstantField, LineField, WholeNumberField, WordField

ROWS = 6  # concessions a form shows at least
MOST = Decimal("99999999999")
_MOST_OF = {
    Term.DISCOUNT: Decimal(100),
    Term.REBATE: Decimal(100),
    Term.DEPOSIT: Decimal(100),
    Term.EXCLUSIVE: Decimal(1),
    Term.CREDIT_DAYS: Decimal(3_650),
}
_PERCENT = {ConcessionKind.REBATE, ConcessionKind.DISCOUNT, ConcessionKind.DEPOSIT_CUT}


class SumField(DecimalField):
    """A number with decimals; commas between thousands and full-width figures are understood."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        value: Any = self.data
        return "" if value is None else f"{value.normalize():f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip().replace(",", "").replace("，", "") if valuelist else ""
        if not typed:
            self.data = None
            return
        super().process_formdata([typed])


class ConcessionForm(Form):
    """One row: what is given, how much, and what it costs us."""

    kind = WordField(_("Kind"), ConcessionKind, optional=_("Nothing"))
    name = LineField(_("What it is called"), [Length(max=80)])
    value = SumField(_("How much"))
    cost = SumField(_("Costs us"), [Optional(), NumberRange(0, MOST)])

    def validate_value(self, field: SumField) -> None:
        kind: Any = self.kind.data
        much: Any = field.data
        if kind is None:
            return
        if much is None:
            raise ValidationError(gettext("How much is given?"))
        if not 0 <= much <= MOST:
            raise ValidationError(gettext("A number from 0 upwards is wanted."))
        if kind in _PERCENT and much > 100:
            raise ValidationError(gettext("This is in percent: 100 at most."))

    def validate_name(self, field: LineField) -> None:
        if self.kind.data is not None and not field.data:
            raise ValidationError(gettext("What is it called?"))


class PackageForm(VersionedForm):
    """A package of the day."""

    name = LineField(_("What it is called"), [DataRequired(_("What is it called?")), Length(max=80)])
    description = TextAreaField(_("For whom, and when"), [Length(max=1000)])
    expires_at = InstantField(_("Expires"), [Optional()], description=_("Left blank: when the event ends."))
    stock = WholeNumberField(
        _("How many there are"), [Optional(), NumberRange(1, 100_000)], description=_("Left blank: as many as sign.")
    )
    min_first_order = SumField(
        _("First order of at least"), [Optional(), NumberRange(0, MOST)], description=_("In the event’s currency.")
    )
    is_active = BooleanField(_("May be chosen"), default=True)
    concessions = FieldList(FormField(ConcessionForm), max_entries=12)

    def __init__(self, event: Event, package: Package | None = None, **kwargs: Any) -> None:
        self.event, self.taken = event, package.taken if package else 0
        super().__init__(obj=package, **kwargs)
        while len(self.concessions) < ROWS:
            self.concessions.append_entry()

    def process(self, *args: Any, **kwargs: Any) -> None:
        self.expires_at.zone = self.event.time_zone
        super().process(*args, **kwargs)

    def validate_stock(self, field: WholeNumberField) -> None:
        if field.data is not None and field.data < self.taken:
            raise ValidationError(gettext("%(num)s contracts have taken it already.", num=self.taken))

    @property
    def values(self) -> dict[str, Any]:
        """The columns of a package."""
        names = ("name", "description", "expires_at", "stock", "min_first_order", "is_active")
        return {name: self.data[name] for name in names}

    @property
    def gives(self) -> list[dict[str, Any]]:
        """The rows that were filled in, as columns of concessions."""
        return [
            {"kind": row["kind"], "name": row["name"], "value": row["value"], "cost": row["cost"] or Decimal(0)}
            for row in self.concessions.data
            if row["kind"] is not None
        ]


def field_name(role: Role, term: Term) -> str:
    """Return what the input of one limit is called."""
    return f"{role.value}-{term.value}"


@dataclass(frozen=True)
class TypedLimits:
    """The table of limits as it was sent: what it says, and which cells cannot be read."""

    limits: dict[tuple[Role, Term], Decimal | None]
    wrong: frozenset[str]


def typed_limits(sent: Mapping[str, str]) -> TypedLimits:
    """Read the table. An empty cell means no limit of its own; an exclusive territory is 0 or 1."""
    limits: dict[tuple[Role, Term], Decimal | None] = {}
    wrong = set()
    for role in ROLES:
        for term in TERMS:
            name = field_name(role, term)
            typed = unicodedata.normalize("NFKC", sent.get(name, "")).strip().replace(",", "")
            value = _number(typed)
            if typed and (value is None or value > _MOST_OF.get(term, MOST)):
                wrong.add(name)
            limits[role, term] = value
    return TypedLimits(limits, frozenset(wrong))


def _number(typed: str) -> Decimal | None:
    try:
        value = Decimal(typed) if typed else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and 0 <= value <= MOST else None
