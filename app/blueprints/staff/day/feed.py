"""A person's duties as a calendar to subscribe to."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from icalendar import Calendar
from icalendar import Event as Entry

from app import clock, links
from app.blueprints.staff.notice.letters import page_of, role_words
from app.models import Duty, StaffPass

MEDIA_TYPE = "text/calendar; charset=utf-8"


def feed(key: StaffPass, duties: Sequence[Duty], locale: str) -> bytes:
    """Return the duties as an iCal feed, in UTC, which every calendar shows in its owner's zone."""
    event = key.event
    host = urlsplit(links.public("")).hostname or "localhost"
    calendar = Calendar()
    calendar.add("prodid", "-//Signing Day//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", event.name)
    place = " ".join(part for part in (event.venue, event.hall, event.venue_address) if part)
    for duty in duties:
        entry = Entry()
        entry.add("uid", f"duty-{duty.id}@{host}")
        entry.add("dtstamp", clock.now())
        entry.add("dtstart", duty.shift.starts_at)
        entry.add("dtend", duty.shift.ends_at)
        entry.add("sequence", duty.version + duty.shift.version + event.version)
        role = role_words(duty, locale)
        entry.add("summary", " · ".join(part for part in (role, duty.station, event.name) if part))
        if place:
            entry.add("location", place)
        entry.add("description", "\n".join([*duty.role.duty_lines, page_of(key.token)]))
        entry.add("url", page_of(key.token))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
