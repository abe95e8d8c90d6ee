"""The forms of events and their milestones."""

import re
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, TextAreaField, TimeField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app import clock
from app.blueprints.events import queries, template
from app.blueprints.events.rules.dates import Start
from app.blueprints.events.rules.slug import is_slug
from app.models import Event, EventStatus, Milestone, Stage
from app.web.fields import InstantField, LineField, WholeNumberField, WordField

LANGUAGES = (SelectChoice("zh_CN", "中文"), SelectChoice("en", "English"))
CURRENCIES = ("CNY", "HKD", "MOP", "TWD", "USD", "EUR", "GBP", "JPY", "KRW", "SGD", "MYR", "THB", "VND", "IDR")
NEAR_ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore")
REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
PHONE = re.compile(r"[0-9+][0-9 ()+\-]{4,}.*")
MOST_SEATS = 100_000


@lru_cache(maxsize=4)
def time_zones(locale: str) -> tuple[tuple[str, str], ...]:
    """Return every zone with the place it is named for, those near by first."""
    known = sorted(name for name in available_timezones() if name.startswith(REGIONS))
    ordered = [*NEAR_ZONES, *(name for name in known if name not in NEAR_ZONES)]
    language = Locale.parse(locale)
    return tuple((name, get_timezone_location(name, locale=language)) for name in ordered)


def _currencies() -> list[tuple[str, str]]:
    names = get_locale().currencies
    return [(code, f"{code} · {names.get(code, code)}") for code in CURRENCIES]


class NewEventForm(FlaskForm):
    """What has to be known of a new event; all else comes from the template or the earlier event."""

    name = LineField(_("Name of the event"), [DataRequired(_("What is the event called?")), Length(max=120)])
    slug = LineField(
        _("Address in links"),
        [Length(max=60)],
        description=_("Left empty, it is made from the name. Small letters, figures and hyphens."),
    )
    time_zone = LineField(
        _("Time zone"),
        [DataRequired(_("In which time zone?"))],
        default=template.DEFAULTS["time_zone"],
        description=_("All times of the event are told in this zone. Type a city to search."),
    )
    starts_at = InstantField(_("Starts"), [DataRequired(_("When does it start?"))])
    ends_at = InstantField(_("Ends"), [DataRequired(_("When does it end?"))])
    venue = LineField(_("Venue"), [Length(max=120)], description=_("The hotel or house. It may follow later."))
    capacity = WholeNumberField(
        _("Seats"),
        [InputRequired(_("How many seats has the hall?")), NumberRange(1, MOST_SEATS, _("From 1 to 100,000 seats."))],
        default=template.DEFAULTS["capacity"],
    )
    organizer = LineField(_("Organizer"), [Length(max=120)])
    language = SelectField(
        _("Language of letters and badges"), choices=LANGUAGES, description=_("Guests are written to in it.")
    )
    event: Event | None = None  # the one at this address already

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **kwargs: Any) -> None:
        """Read the zone first: the times typed beside it are wall-clock times of that zone."""
        sent = self.meta.wrap_formdata(self, formdata)
        zone = sent.get("time_zone", "").strip() if sent else getattr(obj, "time_zone", None)
        for field in self:
            if isinstance(field, InstantField):
                field.zone = zone if zone in available_timezones() else template.DEFAULTS["time_zone"]
        super().process(formdata, obj, data, **kwargs)

    def suggest_a_day(self) -> None:
        """Fill in a working day six weeks ahead, as the template is made for: nine to half past four."""
        zone = template.DEFAULTS["time_zone"]
        day = clock.today(zone) + timedelta(days=45)
        while day.isoweekday() > 5:
            day += timedelta(days=1)
        self.starts_at.data = clock.instant(day, time(9), zone)
        self.ends_at.data = clock.instant(day, time(16, 30), zone)

    def validate_slug(self, field: LineField) -> None:
        if not field.data:
            return
        if not is_slug(field.data):
            raise ValidationError(gettext("Small letters, figures and single hyphens only."))
        if queries.slug_owner(field.data) not in (None, self.event.id if self.event else None):
            raise ValidationError(gettext("Another event has this address."))

    def validate_time_zone(self, field: LineField) -> None:
        if field.data not in available_timezones():
            raise ValidationError(gettext("Choose a time zone from the list, for instance Asia/Shanghai."))

    def validate_ends_at(self, field: InstantField) -> None:
        start: datetime | None = self.starts_at.data
        if start is not None and field.data is not None and field.data <= start:
            raise ValidationError(gettext("The end comes after the start."))

    @property
    def values(self) -> dict[str, Any]:
        """The columns of an event."""
        ours = {"version", "csrf_token", "move_milestones", "move_is_meant", "with_guests", "with_people"}
        return {name: value for name, value in self.data.items() if name not in ours}


class CopyForm(NewEventForm):
    """An event like an earlier one, on another day."""

    with_guests = BooleanField(
        _("Copy the guest list"),
        description=_("Everybody on the earlier list is listed here, nobody is invited yet."),
    )
    with_people = BooleanField(
        _("Plan the same people"),
        default=True,
        description=_("Own staff and hired people, in the same roles and shifts. Nobody has been told yet."),
    )


class EventForm(NewEventForm):
    """All that can be set of an event."""

    theme = LineField(
        _("Theme of the event"), [Length(max=200)], description=_("Stands on banners, posters and the letter.")
    )
    purposes = TextAreaField(_("Purposes"), [Length(max=2000)], description=_("One a line."))
    venue_address = LineField(_("Address of the venue"), [Length(max=200)])
    hall = LineField(_("Hall"), [Length(max=80)])
    map_url = URLField(
        _("Link to a map"),
        [Optional(), Length(max=300), URL(message=_("A whole link is wanted, beginning with https://."))],
        filters=[lambda text: (text or "").strip()],
    )
    co_organizer = LineField(_("Co-organizers"), [Length(max=200)])
    contact_name = LineField(_("Whom guests call"), [Length(max=80)])
    contact_phone = LineField(_("Their telephone"), [Length(max=20)])
    currency = SelectField(_("Currency"))
    signing_target = WholeNumberField(
        _("Dealers who should sign on the day"),
        [InputRequired(_("How many? 0 for no target.")), NumberRange(0, MOST_SEATS, _("Not fewer than 0."))],
        default=0,
        description=_("The overview warns while fewer are ready. 0 for no target."),
    )
    replies_close_at = InstantField(
        _("Replies close"),
        [Optional()],
        description=_("Left empty, guests may change their answer until the start."),
    )
    reconfirm_days_before = WholeNumberField(
        _("Ask again, days before"),
        [InputRequired(_("How many days before?")), NumberRange(0, 60, _("From 0 to 60 days."))],
    )
    reconfirm_at = TimeField(_("Ask again, time"), [InputRequired(_("At what time?"))])
    silent_after_hours = WholeNumberField(
        _("Call after hours of silence"),
        [InputRequired(_("After how many hours?")), NumberRange(1, 72, _("From 1 to 72 hours."))],
    )
    quiet_from = TimeField(_("Quiet from"), [InputRequired(_("From when?"))])
    quiet_until = TimeField(_("Quiet until"), [InputRequired(_("Until when?"))])
    spare_percent = WholeNumberField(
        _("Spare bags and badges, %"),
        [InputRequired(_("How many per cent?")), NumberRange(0, 100, _("From 0 to 100 per cent."))],
    )
    move_milestones = BooleanField(_("Move the undone milestones along"), default=True)
    move_is_meant = HiddenField()  # the start that was shown and accepted
    version = IntegerField(widget=HiddenInput())

    def __init__(self, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(obj=event, **kwargs)
        self.currency.choices = _currencies()
        if event.currency not in CURRENCIES:
            self.currency.choices.append((event.currency, event.currency))
        if event.status is not EventStatus.DRAFT:
            del self.slug

    def validate_replies_close_at(self, field: InstantField) -> None:
        if field.data is not None and self.ends_at.data is not None and field.data > self.ends_at.data:
            raise ValidationError(gettext("Replies close before the event ends."))

    def validate_contact_phone(self, field: LineField) -> None:
        if field.data and not PHONE.fullmatch(field.data):
            raise ValidationError(gettext("This is not a telephone number."))

    def validate_map_url(self, field: URLField) -> None:
        if field.data and not field.data.lower().startswith(("https://", "http://")):
            raise ValidationError(gettext("A whole link is wanted, beginning with https://."))

    @property
    def start(self) -> Start:
        """The start that was typed; only for a form that was found valid."""
        assert self.starts_at.data is not None
        return Start(self.starts_at.data, self.time_zone.data)

    @property
    def accepts_move(self) -> str:
        """The mark that says: what moves with this start was shown."""
        return f"{self.start.at.isoformat()} {self.start.time_zone}"

    @property
    def move_is_open(self) -> bool:
        """Tell whether the start is another one, and what moves with it has not been shown yet."""
        assert self.event is not None
        return self.start != queries.start_of(self.event) and self.move_is_meant.data != self.accepts_move


class MilestoneForm(FlaskForm):
    """A date that the event has to keep."""

    title = LineField(_("Milestone"), [DataRequired(_("What has to be done?")), Length(max=120)])
    stage = WordField(_("Stage"), Stage, default=Stage.PLAN)
    due_on = DateField(_("Due"), [InputRequired(_("By when?"))])
    owner_id = SelectField(_("Responsible"), coerce=lambda value: int(value) if value not in ("", None) else None)

    def __init__(self, milestone: Milestone | None = None, **kwargs: Any) -> None:
        super().__init__(obj=milestone, **kwargs)
        people: list[tuple[int | str, str]] = [("", gettext("Nobody yet")), *queries.people()]
        owner = milestone.owner if milestone is not None else None
        if owner is not None and all(owner.id != user_id for user_id, _name in people):
            people.append((owner.id, owner.name))
        self.owner_id.choices = people

    @property
    def values(self) -> dict[str, Any]:
        return {name: self[name].data for name in ("title", "stage", "due_on", "owner_id")}
