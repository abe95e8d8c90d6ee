"""What a duty notice says, in the language of the person, whatever the language of whoever sends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date

from app import clock, links
from app.blueprints.messages.actions import ToPerson
from app.blueprints.staff.notice.tasks import Task
from app.errors import N_
from app.models import Channel, Duty, Event, StaffPerson
from app.texts import gettext, known, parsed

_DAY = {"zh_CN": "M月d日 EEE", "en": "EEE d MMM"}
_DEPUTY = N_("Deputy: %(role)s")
_UNTIL = N_("by %(moment)s")


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


def _until(task: Task, zone: str, locale: str) -> str:
    until = clock.local(task.until, zone)
    return f"{format_date(until, _DAY[locale], locale=parsed(locale))} {until:%H:%M}"


def _task_line(task: Task, zone: str, locale: str) -> str:
    until = gettext(locale, _UNTIL, moment=_until(task, zone, locale))
    return f"{until}  {task.text} · {task.where}"


def notice(
    event: Event, person: StaffPerson, duties: Sequence[Duty], to_do: Sequence[Task], token: str, reason: str
) -> ToPerson:
    """Return the notice with all of a person's duties at an event and what else they see to; they have an address."""
    locale, zone = locale_of(person, event), event.time_zone
    lines = [_line(each, zone, locale) for each in duties] + [_task_line(each, zone, locale) for each in to_do]
    values = {"first": day_words(duties[0], zone, locale), "duties": "\n".join(lines)}
    return to_person(event, person, token, reason, values)


def tasks_only(event: Event, person: StaffPerson, to_do: Sequence[Task], token: str, reason: str) -> ToPerson:
    """Return the message to somebody with tasks and no duty that they do not know."""
    locale, zone = locale_of(person, event), event.time_zone
    values = {
        "count": str(len(to_do)),
        "tasks": "\n".join(_task_line(each, zone, locale) for each in to_do),
        "first": _until(to_do[0], zone, locale),
    }
    return to_person(event, person, token, reason, values)


def to_person(event: Event, person: StaffPerson, token: str, reason: str, values: dict[str, str]) -> ToPerson:
    """Return a message to somebody who has an address, with the name and the link of their own page filled in."""
    address = address_of(person)
    assert address is not None  # the caller has left out everybody without one
    return ToPerson(
        reason=reason,
        channel=address.channel,
        address=address.address,
        locale=locale_of(person, event),
        values={"name": person.name, "link": page_of(token)} | values,
        user_id=person.user_id,
    )
