"""The figures and plots of the overview. Each is a link to the rows it counts, in the arguments of the guest list."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext

from app.blueprints.events.queries import DayCount
from app.blueprints.events.rules.attention import Facts
from app.blueprints.events.rules.head_count import (
    ACCEPTED_STEP,
    FIRM,
    FIRM_STEP,
    INVITED_STEP,
    MAXIMUM,
    REFUSED,
    UNANSWERED,
    HeadCount,
)
from app.blueprints.events.rules.rail import Step
from app.models import Event, GuestKind, InvitationState, Readiness, Stage
from app.web.locale import day, number
from app.web.nav import door
from app.web.words import word

_ = lazy_gettext
S = InvitationState
MOST_BARS = 10

# How far a guest is, coarsely: what a planner tells apart at a glance. Label, tone and states, firmest first.
GROUPS = (
    (_("Firm"), "green", FIRM),
    (_("Accepted"), "teal", frozenset({S.ACCEPTED})),
    (_("Asked, no answer"), "yellow", UNANSWERED | {S.SILENT}),
    (_("Waiting list"), "purple", frozenset({S.WAITING})),
    (_("Not coming"), "red", REFUSED | {S.NO_SHOW}),
    (_("Listed"), "secondary", frozenset({S.LISTED})),
)


@dataclass(frozen=True)
class Guests:
    """The way to the guest list of an event, narrowed."""

    event: Event

    def url(self, states: Collection[InvitationState] = (), **filters: Any) -> str:
        """Return the list's address; "" for whoever may not see it."""
        chosen = [state.value for state in S if state in states]
        if len(chosen) < len(S) and chosen:
            filters["state"] = chosen
        return door("invitations.index", slug=self.event.slug, **filters)


def stats(event: Event, count: HeadCount, facts: Facts) -> list[dict[str, Any]]:
    """Return the band of figures, the one that matters most first."""
    guests = Guests(event)
    ready = count.where(MAXIMUM, readiness=Readiness.READY)
    found = [
        _stat(_("Firm"), count.firm, guests.url(FIRM), tone="green"),
        _stat(_("May come at most"), count.maximum, guests.url(MAXIMUM)),
        {
            "label": _("Ready to sign"),
            "value": number(ready.guests),
            "url": guests.url(MAXIMUM, readiness=Readiness.READY.value),
            "hint": gettext("target %(target)s", target=event.signing_target) if event.signing_target else None,
        },
        {"label": _("On the list"), "value": number(count.guests), "url": guests.url()},
    ]
    arrived = count.where({S.ARRIVED})
    if arrived.guests or not facts.is_ahead:
        return [_stat(_("Arrived"), arrived, guests.url({S.ARRIVED}), tone="green"), *found]
    open_ = count.where(UNANSWERED)
    return [*found, {"label": _("Not answered"), "value": number(open_.guests), "url": guests.url(UNANSWERED)}]


def _stat(label: Any, count: HeadCount, url: str, tone: str | None = None) -> dict[str, Any]:
    brought = count.people - count.guests
    hint = ngettext("and %(num)d companion", "and %(num)d companions", brought) if brought else None
    return {
        "label": label,
        "value": number(count.guests),
        "url": url,
        "hint": hint,
        "tone": tone if count.guests else None,
    }


def funnel(event: Event, count: HeadCount) -> list[dict[str, Any]]:
    guests = Guests(event)
    steps = (
        (_("Listed"), frozenset(S), "secondary"),
        (_("Invited"), INVITED_STEP, "blue"),
        (_("Accepted"), ACCEPTED_STEP, "teal"),
        (_("Firm"), FIRM_STEP, "green"),
        (_("Arrived"), frozenset({S.ARRIVED}), "green"),
    )
    return [
        {"label": label, "value": count.where(states).guests, "url": guests.url(states), "tone": tone}
        for label, states, tone in steps
    ]


def seats(count: HeadCount) -> list[dict[str, Any]]:
    """Return the parts of the hall in people: firm, and those who may still come."""
    firm, maximum = count.firm.people, count.maximum.people
    return [
        {"label": _("Firm"), "value": firm, "tone": "green", "icon": "checks"},
        {"label": _("May still come"), "value": maximum - firm, "tone": "yellow", "icon": "clock-question"},
    ]


def by_readiness(event: Event, count: HeadCount) -> list[dict[str, Any]]:
    """Return one row a readiness, cut into how far its guests are."""
    guests = Guests(event)
    rows = []
    for readiness in Readiness:
        part = count.where(readiness=readiness)
        cells = []
        for label, tone, states in GROUPS:
            value = part.where(states).guests
            url = guests.url(states, readiness=readiness.value)
            cells.append({"label": label, "tone": tone, "value": value, "url": url})
        url = guests.url(readiness=readiness.value)
        rows.append({"label": word(readiness).text, "value": part.guests, "url": url, "cells": cells})
    return rows


def legend(event: Event, count: HeadCount) -> list[dict[str, Any]]:
    guests = Guests(event)
    return [
        {"label": label, "tone": tone, "value": count.where(states).guests, "url": guests.url(states)}
        for label, tone, states in GROUPS
    ]


def by_kind(event: Event, count: HeadCount) -> list[dict[str, Any]]:
    counts = count.by("kind")
    guests = Guests(event)
    return [
        {"label": word(kind).text, "value": counts[kind], "url": guests.url(kind=kind.value), "tone": word(kind).tone}
        for kind in GuestKind
        if counts[kind]
    ]


def by_rep(event: Event, count: HeadCount, names: dict[int, str]) -> list[dict[str, Any]]:
    """Return one bar a rep, as long as their guests are many, saying how many of them are firm."""
    guests = Guests(event)
    firm = count.firm.by("rep_id")
    return [
        {
            "label": names.get(rep, "?") if rep is not None else gettext("Nobody yet"),
            "value": value,
            "text": gettext("%(firm)s of %(guests)s firm", firm=firm[rep], guests=value),
            "url": guests.url(rep="none" if rep is None else rep),
            "tone": "blue" if rep is not None else "secondary",
        }
        for rep, value in count.by("rep_id").most_common()
    ]


def by_city(event: Event, cities: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return the cities most guests come from, and the rest as one bar."""
    guests = Guests(event)
    bars = [
        {"label": city or gettext("not known"), "value": value, "url": guests.url(city=city) if city else None}
        for city, value in cities[:MOST_BARS]
    ]
    if rest := sum(value for _city, value in cities[MOST_BARS:]):
        label = gettext("%(number)s more", number=len(cities) - MOST_BARS)
        bars.append({"label": label, "value": rest, "url": None, "tone": "secondary"})
    return bars


def answers(days: list[DayCount]) -> list[dict[str, Any]]:
    """Return the columns of answers a day; a name under every third."""
    last = len(days) - 1
    return [
        {"label": f"{each.day.month}/{each.day.day}", "value": each.answers, "mark": (last - place) % 3 == 0}
        for place, each in enumerate(days)
    ]


def rail(event: Event, steps: list[Step], count: HeadCount, facts: Facts) -> list[dict[str, Any]]:
    """Return the steps as the macro `rail` draws them; a stage without a room leads to its milestones."""
    return [
        {
            "label": word(step.stage).text,
            "state": step.state.value,
            "detail": _detail(step, count, facts),
            "url": _room(event, step.stage) or (f"#stage-{step.stage.value}" if step.total else None),
        }
        for step in steps
    ]


def _room(event: Event, stage: Stage) -> str:
    match stage:
        case Stage.INVITE:
            return door("invitations.index", slug=event.slug)
        case Stage.RECONFIRM:
            return door("rsvp.confirm", slug=event.slug)
        case Stage.CHECK_IN:
            return door("checkin.arrivals", slug=event.slug)
    return ""


def _detail(step: Step, count: HeadCount, facts: Facts) -> str:
    match step.stage:
        case Stage.INVITE if count.guests:
            invited = count.where(INVITED_STEP).guests
            return gettext("%(invited)s of %(guests)s invited", invited=number(invited), guests=number(count.guests))
        case Stage.RECONFIRM if facts.round_was_asked:
            return gettext("%(number)s firm", number=number(count.firm.guests))
        case Stage.RECONFIRM if facts.round_due_at is not None:
            return day(facts.round_due_at)
        case Stage.CHECK_IN if arrived := count.where({S.ARRIVED}).guests:
            return gettext("%(number)s in", number=number(arrived))
        case Stage.CHECK_IN:
            return day(facts.start.at)
    if step.total and step.done == step.total:
        return ""
    if step.done:
        return gettext("%(done)s of %(total)s done", done=step.done, total=step.total)
    return gettext("due %(day)s", day=day(step.due_on)) if step.due_on else ""
