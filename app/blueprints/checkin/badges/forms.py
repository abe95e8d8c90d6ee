"""What somebody chooses before printing."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice

from app.blueprints.checkin.badges import BadgeSize
from app.blueprints.checkin.badges.crew_badges import WhichStaff
from app.blueprints.checkin.badges.queries import Order, Which

SIZES = {
    BadgeSize.CARD_90X54: _("90 × 54 mm"),
    BadgeSize.CARD_86X54: _("86 × 54 mm"),
    BadgeSize.CARD_100X70: _("100 × 70 mm"),
    BadgeSize.A6: _("A6, 105 × 148 mm"),
    BadgeSize.SHEET: _("A4, eight on a sheet"),
}
ORDERS = {Order.NAME: _("By name (pinyin)"), Order.TABLE: _("By table")}


class PrintForm(FlaskForm):
    """Size, whose badges, and in which order."""

    which = RadioField(_("Whose badges"), coerce=Which, default=Which.MISSING)
    size = RadioField(
        _("Size"),
        choices=[SelectChoice(size.value, label) for size, label in SIZES.items()],
        coerce=BadgeSize,
        default=BadgeSize.CARD_90X54,
    )
    order = RadioField(
        _("Order"),
        choices=[SelectChoice(order.value, label) for order, label in ORDERS.items()],
        coerce=Order,
        default=Order.NAME,
    )

    def __init__(self, *args: Any, offered: dict[Which, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.which.choices = [SelectChoice(which.value, label) for which, label in offered.items()]


class StaffPrintForm(FlaskForm):
    """Size, and whose badges of the staff."""

    which = RadioField(_("Whose badges"), coerce=WhichStaff, default=WhichStaff.MISSING)
    role = SelectField(_("Role at the event"), coerce=int, validate_choice=False)
    size = RadioField(
        _("Size"),
        choices=[SelectChoice(size.value, label) for size, label in SIZES.items()],
        coerce=BadgeSize,
        default=BadgeSize.CARD_90X54,
    )

    def __init__(
        self, *args: Any, offered: dict[WhichStaff, Any], roles: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.which.choices = [SelectChoice(which.value, label) for which, label in offered.items()]
        self.role.choices = [SelectChoice(role_id, name) for role_id, name in roles]
