"""Puts the sample together: staff, the file of dealers, and the three conferences."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from app import clock, journal
from app.demo import (
    bank,
    budgets,
    contract_templates,
    contracts,
    day,
    filed,
    guests,
    history,
    materials,
    payments,
    people,
    plans,
    programmes,
    register,
    reports,
    seating,
    signing,
    territories,
    travel,
)
from app.demo import staff as crew
from app.demo import zones as hall
from app.demo.events import past_event, planned_event, running_event
from app.demo.names import Names
from app.demo.people import LOGINS, PASSWORD
from app.extensions import db
from app.models import Event, User

__all__ = ["LOGINS", "PASSWORD", "Sample", "make"]

STANDARD_SIZE = 118
CHUNK = 1000


@dataclass(frozen=True)
class Sample:
    """What was made."""

    slug: str
    dealers: int
    seed: int


def is_empty() -> bool:
    """Tell whether the database holds no event at all."""
    return not db.session.scalar(select(func.count()).select_from(Event))


def make(*, dealers: int = STANDARD_SIZE, seed: int = 1) -> Sample:
    """Make a sample conference with so many invited dealers; commits in chunks.

    The standard size brings the two other conferences as well; any further call adds one conference only, with a
    slug of its own.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    now = clock.now()
    journal.act_as(journal.Actor("demo"))
    staff = people.staff()
    names = Names(chance)
    is_first = is_empty()
    alone = not is_first or dealers != STANDARD_SIZE
    event = running_event(now, staff, _free_slug("autumn-central"), capacity=max(130, round(dealers * 1.15)))
    db.session.add(event)
    db.session.flush()
    drawn = guests.Drawing(chance, names, people.reps(staff), staff["reception@demo.example"], now)
    for start in range(0, dealers, CHUNK):
        drawn.running(event, min(CHUNK, dealers - start))
        db.session.commit()
    drawn.others(event)
    if is_first:  # nobody can be at a second conference at the same hour
        contract_templates.make(staff)
        crew.running(event, crew.people(staff), now)
        day.running(event, crew.people(staff), now, staff["reception@demo.example"])
        hall.running(event, crew.people(staff), staff["planner@demo.example"])
    if dealers <= STANDARD_SIZE:
        materials.running(event, staff, now)
    if is_first and dealers >= STANDARD_SIZE:
        territories.company()
        territories.running(event, staff, now)
    if dealers <= STANDARD_SIZE:
        budgets.running(event, staff)
    db.session.commit()
    made = [event] if alone else [event, *_others(now, drawn, staff)]
    if is_first and dealers == STANDARD_SIZE:
        _papers(made, staff, now)
    if dealers <= STANDARD_SIZE:
        history.write(made, staff["planner@demo.example"])
        db.session.commit()
    return Sample(event.slug, dealers, seed)


def _papers(made: list[Event], staff: dict[str, User], now: datetime) -> None:
    """Contracts, payments and plans, after all that they speak of."""
    running, past, coming = made
    contracts.running(running, staff, now)
    db.session.commit()
    seating.make(running, coming)
    travel.make(running, coming)
    payments.past(past, staff, now)
    bank.half_worked(staff, current_app.config["SIGNING_DAY_HOME"])
    reports.past(past, staff, now)
    signing.running(running, staff, now)
    filed.past(past, staff, now)
    register.past(past, now)
    filed.running(running, staff, now)
    programmes.running(running, staff, now)
    programmes.coming(coming, staff)
    plans.timeline(running, staff)
    plans.timeline(coming, staff)
    plans.in_force(running, staff, days_before=45)
    plans.being_revised(coming, staff)
    db.session.commit()


def _others(now: datetime, drawn: guests.Drawing, staff: dict[str, User]) -> list[Event]:
    """The conference of last spring, and the one being planned."""
    past = past_event(now - timedelta(days=148), staff)
    coming = planned_event(now + timedelta(days=24), staff)
    db.session.add_all([past, coming])
    db.session.flush()
    drawn.past(past, share=0.6)
    drawn.planned(coming, old=34, new=46)
    crew.past(past, crew.people(staff))
    crew.close_out(past, crew.people(staff), staff["planner@demo.example"])
    day.past(past, crew.people(staff), staff["reception@demo.example"])
    crew.planned(coming, crew.people(staff), now)
    hall.past(past, crew.people(staff), staff["planner@demo.example"])
    hall.planned(coming, crew.people(staff), staff["planner@demo.example"], now)
    materials.past(past, staff)
    materials.planned(coming, staff, now)
    territories.past(past)
    territories.planned(coming)
    budgets.past(past, staff)
    budgets.planned(coming, staff)
    db.session.commit()
    return [past, coming]


def _free_slug(wanted: str) -> str:
    taken = set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(wanted))))
    return next(slug for n in range(1, 10_000) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken)
