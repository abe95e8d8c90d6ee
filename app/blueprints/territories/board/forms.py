"""The forms of the board: hold for a dealer, wait for one, offer something, and how long things last."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, NumberRange, ValidationError

from app.blueprints.territories import queries
from app.blueprints.territories.board.queries import default_days
from app.blueprints.territories.regions.fields import RegionField, RegionsField
from app.models import Event, Invitation, TerritoryOffer
from app.web.fields import WholeNumberField

_TIMES = (15, 30, 60, 120, 240, 480)


def _id(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


class HoldForm(FlaskForm):
    """A territory for a dealer at this event."""

    region = RegionField(_("Region"), [DataRequired(_("Choose a region."))])
    line_id = SelectField(_("Product line"), [DataRequired(_("Choose a product line."))], coerce=_id)
    channel_id = SelectField(_("Sales channel"), coerce=_id)
    invitation_id = SelectField(_("For"), [DataRequired(_("Choose the dealer."))], coerce=_id)
    exclusive = BooleanField(_("Exclusive"), description=_("Nobody else gets a place in it."), default=True)
    starts_on = DateField(_("First day"), [DataRequired(_("Which is the first day?"))])
    ends_on = DateField(_("Last day"), [DataRequired(_("Which is the last day?"))])
    minutes = SelectField(_("Hold for"), coerce=_id)

    def __init__(self, event: Event, guests: list[Invitation], offer: TerritoryOffer | None, **kwargs: Any) -> None:
        given = self._given(event, offer)
        super().__init__(data=given | kwargs.pop("data", {}), **kwargs)
        lines, channels = queries.active_lines(), queries.active_channels()
        self.line_id.choices = [SelectChoice(each.id, each.name) for each in lines]
        all_channels = SelectChoice("", gettext("All channels"))
        self.channel_id.choices = [all_channels, *(SelectChoice(each.id, each.name) for each in channels)]
        self.invitation_id.choices = [
            SelectChoice("", gettext("Choose")),
            *(SelectChoice(each.id, f"{each.dealer.company} · {each.dealer.contact}") for each in guests),
        ]
        usual = queries.settings_of(event.id).hold_minutes
        self.minutes.choices = [SelectChoice(each, _span(each)) for each in sorted({*_TIMES, usual})]
        if self.minutes.data is None:
            self.minutes.data = usual

    @staticmethod
    def _given(event: Event, offer: TerritoryOffer | None) -> dict[str, Any]:
        first, last = default_days(event)
        given: dict[str, Any] = {"starts_on": first, "ends_on": last}
        if offer is not None:
            given |= {"region": offer.region, "line_id": offer.line_id, "channel_id": offer.channel_id}
            given["exclusive"] = offer.is_exclusive
        return given

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("The last day lies before the first."))


def _span(minutes: int) -> str:
    if minutes % 60:
        return gettext("%(num)s minutes", num=minutes)
    return gettext("%(num)s hours", num=minutes // 60) if minutes > 60 else gettext("1 hour")


class OfferForm(FlaskForm):
    """What an event puts on the table."""

    regions = RegionsField(
        _("Regions"), [DataRequired(_("Choose at least one region."))], description=_("One a line: a name or a code.")
    )
    parts = BooleanField(
        _("Offer the parts instead of the whole"),
        description=_("For a province its cities, for a group its members."),
    )
    line_ids = SelectField(_("Product line"), coerce=_id)
    channel_id = SelectField(_("Sales channel"), coerce=_id)
    exclusive = BooleanField(_("Exclusive"), default=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        lines, channels = queries.active_lines(), queries.active_channels()
        every_line = SelectChoice("", gettext("All product lines"))
        self.line_ids.choices = [every_line, *(SelectChoice(each.id, each.name) for each in lines)]
        all_channels = SelectChoice("", gettext("All channels"))
        self.channel_id.choices = [all_channels, *(SelectChoice(each.id, each.name) for each in channels)]


class TimesForm(FlaskForm):
    """How long a hold lasts, and how long the first in the queue has time."""

    hold_minutes = WholeNumberField(
        _("A hold lasts, minutes"), [DataRequired(_("How many minutes?")), NumberRange(1, 60 * 24 * 30)]
    )
    offer_minutes = WholeNumberField(
        _("Time for the next in the queue, minutes"),
        [DataRequired(_("How many minutes?")), NumberRange(1, 60 * 24)],
        description=_("When something becomes free it is kept for so long for the dealer who waits longest."),
    )
