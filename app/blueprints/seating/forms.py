"""Forms of the hall, its things, the rules of the seating, and what is said of a guest. Lengths are typed in metres."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DecimalField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.validators import ValidationError as Invalid

from app.blueprints.seating import words
from app.blueprints.seating.hall.actions import SIZES
from app.blueprints.seating.rules.facts import MOST_WEIGHT, Wish
from app.blueprints.seating.situation import Situation
from app.models import GuestMark, HallItem, HallPlan, ItemKind
from app.web.fields import LineField, WholeNumberField

MOST_METRES = 200


class MetresField(DecimalField):
    """A length: metres for the person, whole centimetres for us."""

    def process_data(self, value: int | None) -> None:
        super().process_data(None if value is None else value / 100)

    @property
    def cm(self) -> int:
        return round(float(self.data or 0) * 100)


def _metres(label: Any, least: float = 0.1, **values: Any) -> MetresField:
    between = NumberRange(least, MOST_METRES, _("Between %(least)s and 200 m.", least=least))
    return MetresField(label, [InputRequired(_("Please enter metres.")), between], places=2, **values)


class StartForm(FlaskForm):
    """Laying the hall out by the standard template."""

    width = _metres(_("Width (m)"), 4)
    depth = _metres(_("Depth (m)"), 6)
    people = WholeNumberField(_("People"), [InputRequired(_("Please enter a whole number.")), NumberRange(1, 5000)])
    each = WholeNumberField(
        _("Chairs at a table"), [InputRequired(_("Please enter a whole number.")), NumberRange(2, 30)], default=10
    )
    style = RadioField(
        _("Lay-out"),
        choices=[
            SelectChoice("tables", _("Round tables")),
            SelectChoice("rows", _("Rows of chairs")),
        ],
        default="tables",
    )
    honoured = WholeNumberField(
        _("Guests of honour"), [Optional(), NumberRange(0, 200)], description=_("They get the middle of the front.")
    )


class SizeForm(FlaskForm):
    """The hall's own size."""

    width = _metres(_("Width (m)"), 4)
    depth = _metres(_("Depth (m)"), 6)


class AddForm(FlaskForm):
    """Something new for the hall."""

    kind = SelectField(_("What"), choices=[SelectChoice(each.value, words.KINDS[each][0]) for each in SIZES])

    @property
    def chosen(self) -> ItemKind:
        return ItemKind(self.kind.data)


class ItemForm(FlaskForm):
    """One thing in the hall."""

    label = LineField(_("Name or number"), [Length(max=20)])
    x = _metres(_("From the left (m)"), -MOST_METRES)
    y = _metres(_("From the front (m)"), -MOST_METRES)
    width = _metres(_("Width (m)"))
    depth = _metres(_("Depth (m)"))
    seats = WholeNumberField(_("Chairs"), [Optional(), NumberRange(1, 60)])
    is_vip = BooleanField(_("Kept for guests of honour"))
    host_id = SelectField(_("Looks after the table"), coerce=lambda value: int(value) if value else None)
    version = HiddenField()

    def __init__(self, item: HallItem, hosts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        self.item = item
        super().__init__(obj=item, **kwargs)
        self.host_id.choices = [("", _("Nobody in particular")), *hosts]

    def validate_label(self, field: Any) -> None:
        if self.item.seats and not field.data:
            raise Invalid(_("A table needs a number or a name."))

    def values(self) -> dict[str, Any]:
        lengths = {name: self[name].cm for name in ("x", "y", "width", "depth")}
        return lengths | {
            "label": self.label.data or "",
            "seats": self.seats.data or self.item.seats,
            "is_vip": bool(self.is_vip.data),
            "host_id": self.host_id.data,
        }


class RulesForm(FlaskForm):
    """What counts for how much."""

    cities_apart = BooleanField(
        _("Dealers of one city sit at different tables"),
        description=_("People of the same company may always sit together."),
    )
    open_cities = SelectMultipleField(_("Except in these cities"), validators=[Optional()])
    reach = _metres(_("Reach of a rep (m)"), 1, description=_("Tables as near as this count as near."))
    seed = WholeNumberField(
        _("Variant"),
        [InputRequired(_("Please enter a whole number.")), NumberRange(1, 9999)],
        description=_("The same guests and the same variant always give the same seating."),
    )

    def __init__(self, now: Situation, plan: HallPlan, **kwargs: Any) -> None:
        super().__init__(obj=plan, **kwargs)
        self.open_cities.choices = sorted({*(each.city for each in now.coming if each.city), *plan.open_cities})

    def weights(self) -> dict[Wish, int]:
        return {wish: int(self[wish.value].data) for wish in Wish}


for _wish, (_label, _help) in words.WISHES.items():
    setattr(
        RulesForm,
        _wish.value,
        WholeNumberField(
            _label,
            [InputRequired(_("Please enter a whole number.")), NumberRange(0, MOST_WEIGHT)],
            description=_help,
        ),
    )

_KNOWN = {"": None, "yes": True, "no": False}


class MarkForm(FlaskForm):
    """What the hall lead knows of a guest."""

    is_vip = SelectField(_("Guest of honour"))
    is_content = SelectField(_("Dealer of ours, content"))

    def __init__(self, mark: GuestMark | None, **kwargs: Any) -> None:
        said = {True: "yes", False: "no", None: ""}
        given = {name: said[getattr(mark, name)] for name in ("is_vip", "is_content")} if mark else {}
        super().__init__(data=given, **kwargs)
        for field in (self.is_vip, self.is_content):
            field.choices = [("", _("As the list says")), ("yes", _("Yes")), ("no", _("No"))]

    def said(self) -> dict[str, bool | None]:
        return {"is_vip": _KNOWN[self.is_vip.data or ""], "is_content": _KNOWN[self.is_content.data or ""]}


class PairForm(FlaskForm):
    """Two guests to be kept apart, or allowed to meet."""

    other = SelectField(_("Guest"), validators=[DataRequired(_("Please choose a guest."))], coerce=int)
    rule = SelectField(_("What"), choices=[SelectChoice(each.value, text) for each, text in words.PAIRS.items()])

    def __init__(self, now: Situation, guest_id: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.other.choices = [(each.id, f"{each.name} · {each.company}") for each in now.coming if each.id != guest_id]
