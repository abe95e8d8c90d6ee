"""What is printed: the run sheet for whoever works, the programme for guests, name cards for the rostrum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from flask_babel import force_locale

from app import clock, pdf, texts
from app.blueprints.seating.document import name_size
from app.models import AgendaSession, Event, FrontPerson, RunCue


@dataclass(frozen=True)
class Minute:
    """One line of the run sheet on paper: a session's beginning, or a cue."""

    at: datetime
    session: AgendaSession | None
    cue: RunCue | None


@dataclass(frozen=True)
class Card:
    """A name card: what stands on it, and how large."""

    name: str
    below: str

    @property
    def size(self) -> str:
        return name_size(self.name)


def minutes(sessions: Sequence[AgendaSession]) -> list[Minute]:
    """Return sessions and cues in the order of time; at the same minute the session comes first."""
    rows = [Minute(each.starts_at, each, None) for each in sessions]
    rows += [
        Minute(each.starts_at + timedelta(minutes=cue.offset), None, cue) for each in sessions for cue in each.cues
    ]
    return sorted(rows, key=lambda row: (row.at, row.session is None))


def run_sheet_pdf(event: Event, sessions: Sequence[AgendaSession], language: str) -> bytes:
    return _pdf("programme/print/run_sheet.html", event, language, rows=minutes(sessions))


def programme_pdf(event: Event, sessions: Sequence[AgendaSession], language: str) -> bytes:
    """Return the programme for guests, with what is public."""
    days: dict[date, list[AgendaSession]] = {}
    for each in sessions:
        if each.is_public:
            days.setdefault(clock.local(each.starts_at, event.time_zone).date(), []).append(each)
    rooms = {each.room for rows in days.values() for each in rows if each.room}
    return _pdf("programme/print/programme.html", event, language, days=days, shows_rooms=len(rooms) > 1)


def cards_pdf(event: Event, people: Sequence[FrontPerson], language: str) -> bytes:
    """Return a card to fold for each person, two on a sheet of A4."""
    cards = [
        Card(
            each.name_in(language), " ".join(part for part in (each.body_in(language), each.title_in(language)) if part)
        )
        for each in people
    ]
    sheets = [cards[start : start + 2] for start in range(0, len(cards), 2)]
    return _pdf("programme/print/cards.html", event, language, sheets=sheets)


def _pdf(template: str, event: Event, language: str, **values: Any) -> bytes:
    zone = event.time_zone

    def hour(at: datetime) -> str:
        return f"{clock.local(at, zone):%H:%M}"

    def long_day(value: date) -> str:
        return format_date(value, "full", locale=texts.parsed(language))

    with force_locale(language):
        html = pdf.page_html(
            template,
            language,
            event=event,
            hour=hour,
            long_day=long_day,
            day_of=lambda at: clock.local(at, zone).date(),
            when=long_day(event.local_start.date()),
            printed=f"{clock.local(clock.now(), zone):%Y-%m-%d %H:%M}",
            **values,
        )
    return pdf.render(html)
