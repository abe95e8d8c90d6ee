"""Reminding whoever has something open. Messages wait in the outbox; nothing here commits."""

from collections.abc import Collection
from dataclasses import dataclass

from app import clock, journal
from app.blueprints.messages.actions import post_to_staff
from app.blueprints.staff import passes
from app.blueprints.staff.closeout import letters, queries
from app.blueprints.staff.notice.letters import address_of
from app.models import Event, EventStatus, StaffPerson


@dataclass(frozen=True)
class Reminded:
    """How many people were written to, who has no address, and who was reminded today already."""

    written: int
    without_address: list[StaffPerson]
    today: int


def are_sent(event: Event) -> bool:
    """Tell whether reminders go out: personal pages are open until the event closes."""
    return event.status in {EventStatus.OPEN, EventStatus.RUNNING}


def remind(event: Event, person_ids: Collection[int] | None = None) -> Reminded:
    """Write to these people, or to everybody, who have items open: at most once a day of the event's zone."""
    found = [
        each
        for each in queries.sheets(event)
        if each.progress.open and each.person.is_here and (person_ids is None or each.person.id in person_ids)
    ]
    if not are_sent(event):
        return Reminded(0, [], 0)
    reached = [each for each in found if address_of(each.person)]
    keys = passes.ensure(event, [each.person for each in reached])
    day = clock.today(event.time_zone).isoformat()
    wanted = [letters.reminder(event, each, keys[each.person.id].token, day) for each in reached]
    posted = post_to_staff(event, letters.TEMPLATE, wanted)
    if posted:
        journal.record("closeout.reminded", event, event_id=event.id, changes={"messages": [None, len(posted)]})
    without = [each.person for each in found if not address_of(each.person)]
    return Reminded(len(posted), without, len(wanted) - len(posted))
