"""The sittings of an event with who eats there; counted anew each time, nothing of it is stored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import clock
from app.blueprints.travel import queries
from app.blueprints.travel.rules.meals import Covers, Eater, at_sitting, covers
from app.blueprints.travel.who import Traveller
from app.extensions import db
from app.models import Event, Invitation, MealAway, MealSitting


@dataclass(frozen=True)
class Meals:
    """Who eats when."""

    event: Event
    guests: dict[int, Traveller]
    sittings: list[MealSitting]
    away: dict[int, set[int]]  # sitting -> invitations
    tables: dict[int, str]  # invitation -> table of the seating

    def eaters(self, sitting: MealSitting) -> list[Traveller]:
        """Return who eats at a sitting, in the order of names."""
        on = clock.local(sitting.starts_at, self.event.time_zone).date()
        there = at_sitting(self._all(), sitting.served_to, on, self.away.get(sitting.id, ()))
        return [self.guests[each.invitation_id] for each in there]

    def not_eating(self, sitting: MealSitting) -> list[Traveller]:
        """Return who was taken off a sitting and still comes."""
        gone = self.away.get(sitting.id, set())
        return [each for each in self.guests.values() if each.comes and each.id in gone]

    def covers(self, sitting: MealSitting) -> Covers:
        return covers([_eater(each) for each in self.eaters(sitting)], sitting.extra)

    def diets(self, sitting: MealSitting) -> list[tuple[str, int, Sequence[str]]]:
        """Return each diet with how many eat it, and at which tables when the sitting is at tables."""
        at: dict[str, set[str]] = defaultdict(set)
        for guest in self.eaters(sitting) if sitting.at_tables else ():
            if table := self.tables.get(guest.id):
                at[" ".join(guest.diet.split()).casefold()].add(table)
        return [
            (diet, number, sorted(at[diet.casefold()], key=_in_order)) for diet, number in self.covers(sitting).diets
        ]

    def _all(self) -> list[Eater]:
        return [_eater(each) for each in self.guests.values() if each.comes]


def _in_order(table: str) -> tuple[int, str]:
    """Tables called by a number stand in the order of their numbers, before those that have a name."""
    return (int(table), "") if table.isdecimal() else (10**9, table)


def _eater(guest: Traveller) -> Eater:
    return Eater(guest.id, guest.people, guest.is_dealer, guest.diet, guest.hotel_from, guest.hotel_nights)


def sittings(event: Event) -> list[MealSitting]:
    """Return the event's sittings by time."""
    statement = select(MealSitting).where(MealSitting.event_id == event.id)
    return list(db.session.scalars(statement.order_by(MealSitting.starts_at, MealSitting.id)))


def sitting(event: Event, sitting_id: int) -> MealSitting | None:
    return db.session.scalar(select(MealSitting).where(MealSitting.event_id == event.id, MealSitting.id == sitting_id))


def meals(event: Event) -> Meals:
    """Read everything about the meals of an event: five queries."""
    away: dict[int, set[int]] = defaultdict(set)
    of_event = select(MealAway).join(MealSitting, MealSitting.id == MealAway.sitting_id)
    for each in db.session.scalars(of_event.where(MealSitting.event_id == event.id)):
        away[each.sitting_id].add(each.invitation_id)
    seated = select(Invitation.id, Invitation.table_label).where(
        Invitation.event_id == event.id, Invitation.table_label != ""
    )
    tables = {row[0]: row[1] for row in db.session.execute(seated)}
    return Meals(event, queries.travellers(event), sittings(event), away, tables)
