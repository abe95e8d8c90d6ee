"""The event as a calendar entry that a guest's telephone takes in."""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from app import clock, links
from app.models import Event

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


def event_entry(event: Event, *, link: str = "", description: str = "") -> bytes:
    """Return an .ics file with the event. Sent again after the event was moved, it replaces the earlier entry.

    Times are written in UTC, which every calendar shows in its owner's zone. `link` is the guest's own page.
    """
    host = urlsplit(links.public("")).hostname or "localhost"
    entry = Entry()
    entry.add("uid", f"event-{event.id}@{host}")
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("sequence", event.version)
    entry.add("summary", event.name)
    if place := " ".join(part for part in (event.venue, event.hall, event.venue_address) if part):
        entry.add("location", place)
    if text := "\n".join(part for part in (description, link) if part):
        entry.add("description", text)
    if link:
        entry.add("url", link)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-1))
    alarm.add("description", event.name)
    entry.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Signing Day//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
