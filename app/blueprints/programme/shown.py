"""How an agenda reads: its findings in words, what nobody covers, who has not passed a rehearsal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.blueprints.programme import queries
from app.blueprints.programme.rules import clashes
from app.blueprints.programme.rules.clashes import Fault, Finding
from app.blueprints.programme.rules.coverage import Coverage, coverage
from app.blueprints.programme.rules.rehearsed import Readiness
from app.models import AgendaSession, Event
from app.web.words import word


@dataclass(frozen=True)
class Board:
    """An agenda with what is wrong with it."""

    event: Event
    sessions: Sequence[AgendaSession]
    findings: Sequence[Finding]
    coverage: Coverage
    readiness: dict[int, Readiness]

    @property
    def clashing(self) -> frozenset[int]:
        """The sessions that clash with another."""
        pairs = [each for each in self.findings if each.fault.is_clash]
        return frozenset(slot.id for each in pairs for slot in (each.slot, each.other) if slot)

    @property
    def unready(self) -> list[AgendaSession]:
        return [each for each in self.sessions if self.readiness[each.id].is_alarm]

    def days(self) -> list[tuple[Any, list[AgendaSession]]]:
        """Return the sessions by the day on which each begins at the place."""
        found: dict[Any, list[AgendaSession]] = {}
        for each in self.sessions:
            found.setdefault(clock.local(each.starts_at, self.event.time_zone).date(), []).append(each)
        return list(found.items())


def board(event: Event, sessions: Sequence[AgendaSession]) -> Board:
    slots = [queries.slot(each) for each in sessions]
    return Board(
        event,
        sessions,
        clashes.findings(slots, event.starts_at, event.ends_at),
        coverage((each.id, each.kind, each.covered) for each in sessions),
        {each.id: queries.readiness_of(each) for each in sessions},
    )


READINESS = {
    Readiness.READY: ("success", "circle-check"),
    Readiness.NOT_READY: ("warning", "alert-triangle"),
    Readiness.NEVER: ("danger", "microphone"),
    Readiness.NO_SPEAKER: ("danger", "user-question"),
}


def readiness_word(value: Readiness) -> str:
    return {
        Readiness.READY: _("Rehearsed, ready"),
        Readiness.NOT_READY: _("Not ready yet"),
        Readiness.NEVER: _("Not rehearsed"),
        Readiness.NO_SPEAKER: _("No speaker yet"),
        Readiness.NOT_NEEDED: "",
    }[value]


def clash_text(finding: Finding, one: AgendaSession, other: AgendaSession | None) -> str:
    """Return a finding in words."""
    minutes = ngettext("%(num)d minute", "%(num)d minutes", finding.minutes)
    names = {"one": one.title, "other": other.title if other else "", "minutes": minutes}
    if finding.fault is Fault.ROOM:
        return _("“%(one)s” and “%(other)s” are in the same room for %(minutes)s", **names)
    if finding.fault is Fault.SPEAKER:
        return _("“%(one)s” and “%(other)s” have the same speaker for %(minutes)s", **names)
    if finding.fault is Fault.EARLY:
        return _("“%(one)s” begins %(minutes)s before the event", **names)
    if finding.fault is Fault.OVERRUN:
        return _("“%(one)s” ends %(minutes)s after the event", **names)
    return _("%(minutes)s between “%(one)s” and “%(other)s” in which nothing is planned", **names)


_ICONS = {Fault.ROOM: "door", Fault.SPEAKER: "users", Fault.EARLY: "clock-x", Fault.OVERRUN: "clock-x"}


def alert_lines(of: Board) -> list[dict[str, Any]]:
    """Return what an agenda needs somebody for, as the page lists it: clashes, uncovered questions, rehearsals."""
    by_id = {each.id: each for each in of.sessions}
    slug = of.event.slug
    lines = []
    for each in of.findings:
        text = clash_text(each, by_id[each.slot.id], by_id.get(each.other.id) if each.other else None)
        at = each.other.id if each.other else each.slot.id
        act = {"label": _("Open it"), "url": url_for("programme.session_edit", slug=slug, session_id=at)}
        tone = "danger" if each.fault.is_clash else "warning"
        lines.append({"tone": tone, "icon": _ICONS.get(each.fault, "clock-pause"), "text": text, "act": act})
    if of.sessions and (missing := of.coverage.missing):
        text = ngettext("%(num)d point is covered by no talk", "%(num)d points are covered by no talk", len(missing))
        act = {"label": _("See the coverage"), "url": url_for("programme.coverage", slug=slug)}
        detail = _(", ").join(str(word(each).text) for each in missing)
        lines.append({"tone": "warning", "icon": "help-circle", "text": text, "detail": detail, "act": act})
    if unready := of.unready:
        text = ngettext(
            "%(num)d lecture without a passed rehearsal", "%(num)d lectures without a passed rehearsal", len(unready)
        )
        act = {"label": _("See the rehearsals"), "url": url_for("programme.rehearsals", slug=slug)}
        detail = _(", ").join(each.title for each in unready)
        lines.append({"tone": "warning", "icon": "microphone", "text": text, "detail": detail, "act": act})
    return lines
