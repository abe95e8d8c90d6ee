"""What stands in the way of closing an event, told by the rooms above.

This room closes events and may import neither staff nor materials. So a room that knows of something unfinished
registers a source when it is imported, and closing asks all of them:

    hindrances.register(Source("materials", N_("Materials"), N_("%(about)s: %(num)s still out"), ..., find=still_out))

`find` gets one event and answers with few queries. A hindrance with a `ref` can be waived here with a reason, unless
the room has a way of its own (`is_waivable=False`), as close-out items have.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock, journal
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import ClosingWaiver, Event


class EventNotClearedUp(SigningDayError):
    """Something is open that has to be done, or waived with a reason, before the event closes."""

    code = "event_not_cleared_up"
    sentence = N_("%(count)s things have to be done or waived before the event can be closed.")


class ReasonMissing(SigningDayError):
    """Whoever lets something pass says why."""

    code = "reason_missing"
    sentence = N_("Please say why, in one line.")


@dataclass(frozen=True)
class Hindrance:
    """One thing that is open: what it is about, how many of how many, and the page that mends it."""

    ref: int
    about: str
    number: int = 1
    of: int = 0
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A room that knows hindrances. `sentence` may name %(about)s, %(num)s and %(of)s."""

    key: str
    title: str
    sentence: str
    act: str
    find: Callable[[Event], Sequence[Hindrance]]
    is_waivable: bool = True


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> Source:
    """Let closing ask this source too."""
    _SOURCES[source.key] = source
    return source


def source(key: str) -> Source | None:
    return _SOURCES.get(key)


def of_event(event: Event) -> list[tuple[Source, list[Hindrance]]]:
    """Return what stands in the way, by source; what was waived is left out, and so is a source with nothing."""
    waived = {(each.source, each.ref) for each in waivers(event)}
    found = [
        (each, [row for row in each.find(event) if (each.key, row.ref) not in waived]) for each in _SOURCES.values()
    ]
    return [(each, rows) for each, rows in found if rows]


def waivers(event: Event) -> list[ClosingWaiver]:
    """Return what was waived at this event, the latest first."""
    return list(
        db.session.scalars(
            select(ClosingWaiver)
            .where(ClosingWaiver.event_id == event.id)
            .order_by(ClosingWaiver.at.desc(), ClosingWaiver.id.desc())
            .options(joinedload(ClosingWaiver.by))
        )
    )


def lock(event: Event, *, shared: bool = False) -> None:
    """Let closing and whatever opens something new wait for each other, and read the status as it is now.

    Those who open things (`shared`) do not wait for one another. SQLite has one writer at a time and needs no lock.
    """
    db.session.flush()
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update(read=shared))
    db.session.refresh(event, ["status", "version"])


def waive(event: Event, key: str, ref: int, why: str, *, by_id: int | None) -> ClosingWaiver:
    """Let one hindrance pass. Twice is once. Raises without a reason, and for what is no hindrance."""
    why = " ".join(why.split())[:200]
    if not why:
        raise ReasonMissing
    lock(event)
    known = db.session.scalar(
        select(ClosingWaiver).where(
            ClosingWaiver.event_id == event.id, ClosingWaiver.source == key, ClosingWaiver.ref == ref
        )
    )
    if known is not None:
        return known
    of = source(key)
    row = next((each for each in of.find(event) if each.ref == ref), None) if of and of.is_waivable else None
    if row is None:
        raise NotInTheWay
    waiver = ClosingWaiver(
        event_id=event.id, source=key, ref=ref, about=row.about[:120], why=why, at=clock.now(), by_id=by_id
    )
    db.session.add(waiver)
    journal.record("event.waived", event, event_id=event.id, changes={"about": [None, row.about], "why": [None, why]})
    db.session.flush()
    return waiver


def take_back(event: Event, waiver: ClosingWaiver) -> None:
    """Let a waived thing stand in the way again."""
    changes = {"about": [waiver.about, None], "why": [waiver.why, None]}
    journal.record("event.waiver_taken_back", event, event_id=event.id, changes=changes)
    db.session.delete(waiver)
    db.session.flush()


class NotInTheWay(SigningDayError):
    """It has been done in the meantime, or cannot be waived here."""

    code = "not_in_the_way"
    sentence = N_("This does not stand in the way any more.")
