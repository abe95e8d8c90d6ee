"""What a duty notice says, in the language of the person, whatever the language of whoever sends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date

from app import clock, links, mail_page
from app.errors import N_
from app.models import Channel, Duty, Event, StaffPerson
from app.texts import gettext, known, parsed

_DAY = {"zh_CN": "M月d日 EEE", "en": "EEE d MMM"}
_SUBJECT = N_("Your duties: %(event)s")
_MAIL = N_(
    "Hello %(name)s,\n\n"
    "this is what we ask you to do at %(event)s:\n\n"
    "%(duties)s\n\n"
    "Place: %(place)s\n\n"
    "Please open your own page and say whether you can do it. It needs no sign-in.\n\n"
    "%(url)s\n\n"
    "On the day the page shows what comes next, where you stand, and whom to call.\n"
)
_SMS = N_("%(organizer)s: %(name)s, please look at your duties at %(event)s (%(when)s) and answer: %(url)s")
_DEPUTY = N_("Deputy: %(role)s")
_PLACE_OPEN = N_("to be announced")


@dataclass(frozen=True)
class Address:
    """By which way a person is told, and where."""

    channel: Channel
    address: str


def address_of(person: StaffPerson) -> Address | None:
    """Return the person's mail address, or that of the account, or else the mobile; None when there is nothing."""
    if mail := person.mail or (person.user.login if person.user else ""):
        return Address(Channel.MAIL, mail)
    if mobile := person.mobile or (person.user.mobile if person.user else ""):
        return Address(Channel.SMS, mobile)
    return None


def locale_of(person: StaffPerson, event: Event) -> str:
    """Return the language somebody is written to in."""
    return known(person.locale or (person.user.locale if person.user else None), known(event.language, "zh_CN"))


def page_of(token: str) -> str:
    """Return the address of somebody's own page."""
    return links.public(f"/d/{token}")


def day_words(duty: Duty, zone: str, locale: str) -> str:
    """Return "11月26日 周四 08:00–12:00"; the end has its own day when it is another one."""
    start, end = clock.local(duty.shift.starts_at, zone), clock.local(duty.shift.ends_at, zone)
    day = format_date(start, _DAY[locale], locale=parsed(locale))
    last = "" if end.date() == start.date() else format_date(end, _DAY[locale], locale=parsed(locale)) + " "
    return f"{day} {start:%H:%M}–{last}{end:%H:%M}"


def role_words(duty: Duty, locale: str) -> str:
    """Return the role, with "Deputy" before it where that is what the person is."""
    return gettext(locale, _DEPUTY, role=duty.role.name) if duty.is_deputy else duty.role.name


def _line(duty: Duty, zone: str, locale: str) -> str:
    what = " · ".join(part for part in (role_words(duty, locale), duty.station) if part)
    return f"{day_words(duty, zone, locale)}  {what}"


@dataclass(frozen=True)
class Letter:
    """A notice ready for the outbox."""

    subject: str
    text: str
    html: str


def write(event: Event, person: StaffPerson, duties: Sequence[Duty], token: str, channel: Channel) -> Letter:
    """Return the notice with all of a person's duties at an event."""
    locale = locale_of(person, event)
    organizer = event.organizer or links.company_name()
    places = {
        "name": person.name,
        "event": event.name,
        "organizer": organizer,
        "url": page_of(token),
        "when": day_words(duties[0], event.time_zone, locale),
        "place": " ".join(part for part in (event.venue, event.hall, event.venue_address) if part)
        or gettext(locale, _PLACE_OPEN),
        "duties": "\n".join(_line(each, event.time_zone, locale) for each in duties),
    }
    subject = gettext(locale, _SUBJECT, event=event.name)[:200]
    if channel is Channel.SMS:
        return Letter(subject, gettext(locale, _SMS, **places), "")
    text = gettext(locale, _MAIL, **places)
    button = gettext(locale, N_("Look and answer"))
    shell = mail_page.Letter(locale=locale, title=subject, sender=organizer, button=button)
    return Letter(subject, text, mail_page.page(shell, text))
