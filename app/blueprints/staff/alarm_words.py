"""How each alarm of `rules.alarms` reads, and the act that mends it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_login import current_user

from app.access import Permission
from app.blueprints.staff import queries
from app.blueprints.staff.rules.alarms import PLAN_DAYS, Alarm, Matter
from app.blueprints.staff.rules.facts import DutyFact
from app.blueprints.staff.rules.hours import LIMIT, overlapping
from app.models import Event
from app.web.alarms import Row, source
from app.web.locale import at, day, number
from app.web.nav import door

M = Matter

ICONS = {
    M.NOT_PLANNED: "users-group",
    M.SHIFTS_NOT_MOVED: "calendar-x",
    M.PERSON_LEFT: "user-off",
    M.REFUSED: "circle-x",
    M.TWO_PLACES: "users",
    M.ROLE_EMPTY: "user-question",
    M.ROLE_SHORT: "user-plus",
    M.HOURS_OVER: "hourglass",
    M.CHANGED: "refresh",
    M.NOT_TOLD: "send",
    M.NOT_ANSWERED: "clock-question",
    M.DEPUTY_MISSING: "user-share",
}


@source("staff.index", _("Staff"), Permission.VIEW_STAFF)
def rows_of_events(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return the lines of each event, for its overview and for home; while the day is far off, only grave ones."""
    return {
        event_id: rows(plan.event, [each for each in plan.alarms if each.is_grave or plan.facts.days_left <= PLAN_DAYS])
        for event_id, plan in queries.plans(events).items()
    }


def rows(event: Event, alarms: Sequence[Alarm]) -> list[Row]:
    """Return alarms as lines, each with its act where the signed-in person may do it."""
    return [
        Row(_TEXTS[each.matter](each), ICONS[each.matter], each.is_grave, _detail(each, event), _act(each, event))
        for each in alarms
    ]


def hours(worked: timedelta) -> str:
    """Return 7.5 as people write hours."""
    return number(round(worked.total_seconds() / 3600, 1))


def _shifts(alarm: Alarm) -> str:
    return gettext(", ").join(each.name for each in alarm.shifts)


def _of(duty: DutyFact | None) -> DutyFact:
    assert duty is not None  # the rules give these matters their duty
    return duty


_TEXTS: dict[Matter, Callable[[Alarm], str]] = {
    M.NOT_PLANNED: lambda _alarm: gettext("Nobody is planned to work at the event"),
    M.SHIFTS_NOT_MOVED: lambda a: ngettext(
        "The event has moved, %(num)d shift is still at the old time",
        "The event has moved, %(num)d shifts are still at the old time",
        a.number,
    ),
    M.PERSON_LEFT: lambda a: ngettext(
        "%(person)s has left and still has %(num)d duty",
        "%(person)s has left and still has %(num)d duties",
        a.number,
        person=_of(a.duty).person,
    ),
    M.REFUSED: lambda a: gettext("%(person)s cannot do it: %(role)s", person=_of(a.duty).person, role=_of(a.duty).role),
    M.TWO_PLACES: lambda a: gettext("%(person)s is in two places at once", person=_of(a.duty).person),
    M.ROLE_EMPTY: lambda a: gettext("Nobody yet: %(role)s", role=a.role.name if a.role else ""),
    M.ROLE_SHORT: lambda a: ngettext(
        "%(num)d more wanted: %(role)s",
        "%(num)d more wanted: %(role)s",
        a.number,
        role=a.role.name if a.role else "",
    ),
    M.HOURS_OVER: lambda a: gettext(
        "%(person)s works %(hours)s hours on %(day)s", person=_of(a.duty).person, hours=hours(a.worked), day=day(a.day)
    ),
    M.CHANGED: lambda a: ngettext(
        "%(num)d person was told something that has changed since",
        "%(num)d people were told something that has changed since",
        a.number,
    ),
    M.NOT_TOLD: lambda a: ngettext(
        "%(num)d person does not know yet what to do",
        "%(num)d people do not know yet what to do",
        a.number,
    ),
    M.NOT_ANSWERED: lambda a: ngettext(
        "%(num)d person has been told, but has not answered",
        "%(num)d people have been told, but have not answered",
        a.number,
    ),
    M.DEPUTY_MISSING: lambda a: gettext("No deputy: %(role)s", role=a.role.name if a.role else ""),
}


def _detail(alarm: Alarm, event: Event) -> str:
    match alarm.matter:
        case M.NOT_PLANNED:
            return gettext("The standard template brings roles, duties and shifts.")
        case M.REFUSED:
            duty = _of(alarm.duty)
            return f"{duty.shift}{gettext(': ')}{duty.refusal}" if duty.refusal else duty.shift
        case M.TWO_PLACES:
            return _both(_of(alarm.duty), _of(alarm.other), event.time_zone)
        case M.HOURS_OVER:
            return _too_much(_of(alarm.duty), event.time_zone)
        case M.SHIFTS_NOT_MOVED | M.ROLE_EMPTY | M.ROLE_SHORT | M.DEPUTY_MISSING:
            return _shifts(alarm)
        case _:
            return ""


def _too_much(duty: DutyFact, zone: str) -> str:
    """Name the duty that makes the day too long, so that nobody has to add up."""
    return gettext(
        "The limit is %(hours)s. Too much: %(role)s, %(shift)s %(from_)s–%(to)s",
        hours=hours(LIMIT),
        role=duty.role,
        shift=duty.shift,
        from_=at(duty.starts_at, zone),
        to=at(duty.ends_at, zone),
    )


def _both(one: DutyFact, other: DutyFact, zone: str) -> str:
    """At 8:30–9:00 both as this and as that, or at another event."""
    common = overlapping(one, other)
    return gettext(
        "%(from_)s–%(to)s: %(one)s and %(other)s",
        from_=at(common.starts_at, zone),
        to=at(common.ends_at, zone),
        one=one.role,
        other=role_at(other),
    )


def role_at(duty: DutyFact) -> str:
    """Return the role, with its event where that is another one; a duty here opens no look at other events."""
    if not duty.at_event:
        return duty.role
    if not current_user.can(Permission.VIEW_STAFF, None):
        return gettext("a role at another event")
    return f"{duty.at_event} {duty.role}"


def _act(alarm: Alarm, event: Event) -> dict[str, Any] | None:
    label, endpoint, values, is_post = _where(alarm)
    url = door(endpoint, slug=event.slug, **values)
    return {"label": label, "url": url, "post": is_post} if url else None


def _where(alarm: Alarm) -> tuple[Any, str, dict[str, Any], bool]:
    match alarm.matter:
        case M.NOT_PLANNED:
            return _("Start the plan"), "staff.index", {}, False
        case M.SHIFTS_NOT_MOVED:
            return _("Look and move them"), "staff.shifts_moved", {}, False
        case M.ROLE_EMPTY | M.ROLE_SHORT | M.DEPUTY_MISSING:
            assert alarm.role is not None
            wanted: dict[str, Any] = {"role_id": alarm.role.id, "shift_id": [each.id for each in alarm.shifts]}
            if alarm.matter is M.DEPUTY_MISSING:
                return _("Name a deputy"), "staff.pick", {**wanted, "deputy": 1}, False
            return _("Find somebody"), "staff.pick", wanted, False
        case M.REFUSED | M.TWO_PLACES | M.HOURS_OVER:
            return _("Find somebody else"), "staff.pick", {"duty_id": _of(alarm.duty).id}, False
        case M.PERSON_LEFT:
            person_id = _of(alarm.duty).person_id
            return _("Give them to others"), "staff.by_person", {"_anchor": f"p{person_id}"}, False
        case M.CHANGED | M.NOT_TOLD | M.NOT_ANSWERED:
            standing = {M.CHANGED: "changed", M.NOT_TOLD: "planned", M.NOT_ANSWERED: "told"}[alarm.matter]
            if door("staff.notices", slug="x"):
                if alarm.matter is M.NOT_ANSWERED:
                    return _("Ask again"), "staff.notices", {"standing": standing}, False
                return _("Tell them"), "staff.notices", {}, False
            return _("See who"), "staff.by_person", {"standing": standing}, False
