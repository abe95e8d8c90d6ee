"""Somebody's tasks as a calendar that other programs subscribe to."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from app import clock, links
from app.errors import N_
from app.models import PlanTask, User
from app.texts import gettext, known

MEDIA_TYPE = "text/calendar; charset=utf-8"
_NAME = N_("Tasks of %(name)s")
_UNTIL = N_("To be done by this day")
_MORNING_BEFORE = timedelta(hours=-15)  # nine o'clock on the day before


def of_person(user: User, tasks: Sequence[PlanTask]) -> bytes:
    """Return what is open as whole-day entries on the day it is due, with the same id each time it is asked for."""
    locale = known(user.locale, "zh_CN")
    host = urlsplit(links.public("")).hostname or "localhost"
    calendar = Calendar()
    calendar.add("prodid", "-//Signing Day//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", gettext(locale, _NAME, name=user.name))
    calendar.add("refresh-interval;value=duration", "PT1H")
    for task in tasks:
        if task.done_at is None:
            calendar.add_component(_entry(task, host, locale))
    return bytes(calendar.to_ical())


def _entry(task: PlanTask, host: str, locale: str) -> Entry:
    entry = Entry()
    entry.add("uid", f"task-{task.id}@{host}")
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", task.due_on)
    entry.add("dtend", task.due_on + timedelta(days=1))
    entry.add("sequence", task.version)
    entry.add("summary", f"{task.title} · {task.event.name}")
    said = (gettext(locale, _UNTIL), task.department, task.note, links.public("/tasks/"))
    entry.add("description", "\n".join(part for part in said if part))
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _MORNING_BEFORE)
    alarm.add("description", task.title)
    entry.add_component(alarm)
    return entry
