"""The public programme as a calendar that a guest's telephone takes in or subscribes to."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from icalendar import Calendar
from icalendar import Event as Entry

from app import clock, links
from app.models import AgendaSession, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar(event: Event, sessions: Sequence[AgendaSession], language: str) -> bytes:
    """Return one entry a session, with the same id each time it is asked for."""
    host = urlsplit(links.public("")).hostname or "localhost"
    made = Calendar()
    made.add("prodid", "-//Signing Day//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", event.name)
    for each in sessions:
        entry = Entry()
        entry.add("uid", f"session-{each.id}@{host}")
        entry.add("dtstamp", clock.now())
        entry.add("dtstart", each.starts_at)
        entry.add("dtend", each.ends_at)
        entry.add("sequence", each.version)
        entry.add("summary", each.title_in(language))
        if place := " ".join(part for part in (event.venue, each.room or event.hall) if part):
            entry.add("location", place)
        if each.speaker is not None:
            said = (each.speaker.name_in(language), each.speaker.title_in(language))
            entry.add("description", " ".join(part for part in said if part))
        made.add_component(entry)
    return bytes(made.to_ical())
