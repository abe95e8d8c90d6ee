"""Forms of pick-ups: what holds for all, a car, a run with its stops, and what is noted of a guest's journey."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.validators import ValidationError as Invalid

from app.blueprints.staff.versions import VersionedForm
from app.models import Direction, Event, Journey, PickupRun, RoomWish, TravelMode, Vehicle
from app.web.fields import InstantField, LineField, MobileField, WholeNumberField, WordField

STOPS = 3  # that the form offers
_NUMBER = InputRequired(_("Please enter a whole number."))


def _number(value: int | str | None) -> int | None:
    return int(value) if value else None


class PlanForm(VersionedForm):
    """What holds for all pick-ups of an event."""

    train_station = LineField(
        _("Railway station"),
        [Length(max=60)],
        description=_("Where trains arrive, unless another station is noted with the guest."),
    )
    airport = LineField(_("Airport"), [Length(max=60)])
    window_minutes = WholeNumberField(
        _("Minutes the first one waits at most"),
        [_NUMBER, NumberRange(5, 240, _("Between 5 and 240."))],
        description=_("Guests who arrive within this time ride together."),
    )
    ready_minutes = WholeNumberField(
        _("Minutes to the exit"),
        [_NUMBER, NumberRange(0, 120, _("Between 0 and 120."))],
        description=_("From the arrival until a guest stands where the host waits."),
    )

    def values(self) -> dict[str, Any]:
        names = ("train_station", "airport", "window_minutes", "ready_minutes")
        return {name: self[name].data for name in names}


class VehicleForm(VersionedForm):
    """A car or coach."""

    label = LineField(
        _("Number plate"), [DataRequired(_("Please enter the plate, or what you call the car.")), Length(max=40)]
    )
    model = LineField(_("Make"), [Length(max=60)], description=_("What the guest looks out for: a white Buick GL8."))
    seats = WholeNumberField(
        _("Seats for passengers"),
        [_NUMBER, NumberRange(1, 80, _("Between 1 and 80."))],
        description=_("Without the driver; one of them is the host’s."),
    )
    driver_name = LineField(_("Driver"), [Length(max=60)])
    driver_mobile = MobileField(_("Driver’s mobile"))
    note = LineField(_("Note"), [Length(max=200)])

    def __init__(self, vehicle: Vehicle | None, **kwargs: Any) -> None:
        super().__init__(obj=vehicle, **kwargs)

    def values(self) -> dict[str, Any]:
        names = ("label", "model", "seats", "driver_name", "driver_mobile", "note")
        return {name: self[name].data or "" for name in names}


class RunForm(VersionedForm):
    """A run. A stop is a place with a time; those left blank are none."""

    direction = WordField(_("Direction"), Direction)
    starts_at = InstantField(_("Host stands there from"), [InputRequired(_("Please enter day and time."))])
    destination = LineField(_("Goes to"), [Length(max=80)], description=_("Left blank: the venue."))
    vehicle_id = SelectField(_("Car"), coerce=_number)
    host_id = SelectField(_("Our host"), coerce=_number)
    note = LineField(_("Note for the driver"), [Length(max=200)])

    def __init__(
        self,
        event: Event,
        run: PickupRun | None,
        vehicles: Sequence[Vehicle],
        hosts: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        self.event, self.run = event, run
        given: dict[str, Any] = {}
        for number, stop in enumerate(run.stops[:STOPS] if run else (), 1):
            given |= {f"place_{number}": stop.place, f"at_{number}": stop.at}
        super().__init__(obj=run, data=given, **kwargs)
        self.vehicle_id.choices = [
            ("", gettext("No car yet")),
            *((each.id, f"{each.label} ({each.seats})") for each in vehicles),
        ]
        self.host_id.choices = [("", gettext("Nobody yet")), *hosts]
        if run is not None:
            del self.direction  # a run does not turn round: its guests are on it for one way
            if run.direction is Direction.DEPARTURE:
                self.starts_at.label.text = gettext("Leaves the hotel at")

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read the values; times that were typed are of the event's zone."""
        for field in self:
            if isinstance(field, InstantField):
                field.zone = self.event.time_zone
        super().process(*args, **kwargs)

    @property
    def stop_fields(self) -> list[tuple[Any, Any]]:
        return [(self[f"place_{number}"], self[f"at_{number}"]) for number in range(1, STOPS + 1)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A stop needs both place and time, and a run needs a stop."""
        is_valid = super().validate(extra_validators)
        for place, at in self.stop_fields:
            if bool(place.data) != bool(at.data) and not at.errors:
                wrong, text = (at, _("At what time?")) if place.data else (place, _("Where?"))
                wrong.errors = [*wrong.errors, text]
                is_valid = False
        if not self.stops() and is_valid:
            self.place_1.errors = [*self.place_1.errors, _("A run needs one stop at least.")]
            is_valid = False
        return is_valid

    def stops(self) -> list[tuple[str, datetime]]:
        return [(place.data, at.data) for place, at in self.stop_fields if place.data and at.data]

    def values(self) -> dict[str, Any]:
        given = {name: self[name].data for name in ("starts_at", "vehicle_id", "host_id")}
        given |= {name: self[name].data or "" for name in ("destination", "note")}
        return given | ({"direction": self.direction.data} if "direction" in self else {})


for _stop in range(1, STOPS + 1):
    setattr(RunForm, f"place_{_stop}", LineField(_("Stop %(number)s", number=_stop), [Length(max=60)]))
    setattr(RunForm, f"at_{_stop}", InstantField(_("Car leaves or is there at"), [Optional()]))


class JourneyForm(VersionedForm):
    """What our people note of a guest's journey; the rest is in the reply."""

    arrival_place = LineField(_("Arrives at"), [Length(max=60)], description=_("Left blank: the usual one."))
    ride_wanted = BooleanField(_("Wants a ride to the train or flight back"))
    leaves_by = WordField(_("Leaves by"), TravelMode, optional=_("not said"))
    leaves_number = LineField(_("Train or flight number"), [Length(max=20)])
    leaves_at = InstantField(_("Leaves at"), [Optional()])
    leaves_from = LineField(_("Leaves from"), [Length(max=60)], description=_("Left blank: the usual one."))
    room_wish = WordField(_("Wish for the room"), RoomWish, optional=_("not said"))
    shares_with_id = SelectField(_("Shares with"), coerce=_number)

    def __init__(self, event: Event, journey: Journey | None, others: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        self.event = event
        super().__init__(obj=journey, **kwargs)
        self.shares_with_id.choices = [("", gettext("Nobody in particular")), *others]

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read the values; a time that was typed is one of the event's zone."""
        self.leaves_at.zone = self.event.time_zone
        super().process(*args, **kwargs)

    def validate_leaves_at(self, field: InstantField) -> None:
        if field.data and field.data < self.event.starts_at:
            raise Invalid(gettext("The event has not even begun then."))

    def validate_shares_with_id(self, field: SelectField) -> None:
        if field.data and self.room_wish.data is RoomWish.SINGLE:
            raise Invalid(gettext("Whoever wants a room alone shares with nobody."))

    def values(self) -> dict[str, Any]:
        lines = {name: self[name].data or "" for name in ("arrival_place", "leaves_number", "leaves_from")}
        names = ("leaves_by", "leaves_at", "room_wish", "shares_with_id")
        return lines | {name: self[name].data for name in names} | {"ride_wanted": bool(self.ride_wanted.data)}
