"""The seating as the pages draw it: chairs with people, what needs somebody, and the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.events.queries import head_count
from app.blueprints.events.rules.head_count import FIRM
from app.blueprints.seating import words
from app.blueprints.seating.hall import drawing
from app.blueprints.seating.rules.broken import Finding, broken, impossible, without_table
from app.blueprints.seating.rules.checks import Flaw, look_over
from app.blueprints.seating.rules.reasons import Because, Reason, Shown, explain
from app.blueprints.seating.situation import Guest, Situation
from app.models import HallItem, ItemKind, Readiness, Seat

_MOST_LINES = 6
_ROUND = 120  # cm round what is shown


@dataclass(frozen=True)
class Sitter:
    """Somebody on a chair."""

    seat: Seat
    guest: Guest
    name: str

    @property
    def is_companion(self) -> bool:
        return self.seat.companion_id is not None

    @property
    def look(self) -> str:
        """The class that colours the chair."""
        if self.is_companion:
            return "is-with"
        if self.guest.is_vip:
            return "is-honour"
        if not self.guest.is_dealer:
            return "is-other"
        return f"is-{self.guest.readiness.value}"


@dataclass(frozen=True)
class Chair:
    """One chair of a table: where it stands, and who sits there."""

    number: int
    x: int
    y: int
    sitter: Sitter | None


@dataclass(frozen=True)
class Table:
    """A table as it is drawn."""

    item: HallItem
    chairs: Sequence[Chair]

    @property
    def taken(self) -> int:
        return sum(1 for each in self.chairs if each.sitter)

    @property
    def x(self) -> int:
        return self.item.x + self.item.width // 2

    @property
    def y(self) -> int:
        return self.item.y + self.item.depth // 2


class Board:
    """Everything a page shows of one seating."""

    def __init__(self, now: Situation) -> None:
        self.now = now
        self.plan = now.plan
        self.problem = now.problem()
        self.by_id = {each.id: each for each in now.items}

    @cached_property
    def explained(self) -> Shown:
        locked = frozenset(each for each, seats in self.now.by_guest.items() if seats[0].is_locked)
        by_hand = frozenset(each for each, seats in self.now.by_guest.items() if seats[0].is_by_hand)
        return explain(self.problem, self.now.places, locked=locked, by_hand=by_hand)

    @cached_property
    def tables(self) -> list[Table]:
        return [
            Table(item, [Chair(n, x, y, self._sitter(item.id, n)) for n, x, y in drawing.chairs(item)])
            for item in self.now.tables
        ]

    @cached_property
    def view(self) -> tuple[int, int, int, int]:
        """The part of the hall with people and the stage's front, as (x, y, width, depth) of the drawing."""
        if self.plan is None or not self.now.tables:
            return 0, 0, 100, 100
        shown = [each for each in self.now.items if each.seats or each.kind is ItemKind.ROSTRUM]
        left, right = min(each.x for each in shown) - _ROUND, max(each.x + each.width for each in shown) + _ROUND
        top, bottom = min(each.y for each in shown) - _ROUND, max(each.y + each.depth for each in shown) + _ROUND
        return left, top, right - left, bottom - top

    @cached_property
    def others(self) -> list[HallItem]:
        """What has no seats, flat things first so that they lie below the others."""
        return sorted((each for each in self.now.items if not each.seats), key=lambda each: each.kind.value != "aisle")

    def _sitter(self, item_id: int, number: int) -> Sitter | None:
        seat = self.now.chairs.get(item_id, {}).get(number)
        return self.sitter(seat) if seat else None

    def sitter(self, seat: Seat) -> Sitter:
        guest = self.now.guests[seat.invitation_id]
        return Sitter(seat, guest, dict(guest.people).get(seat.companion_id, guest.name))

    def reasons(self, guest: Guest) -> Sequence[Reason]:
        return self.explained.why.get(guest.id, ())

    def said(self, guest: Guest) -> list[dict[str, Any]]:
        """Return why a guest sits there, as icon and sentence; what is open is marked."""
        return [
            {
                "icon": words.ICONS[each.why],
                "text": words.because(each, guest, self.now.guests),
                "is_open": each.is_open,
            }
            for each in self.reasons(guest)
        ]

    def lacks(self, guest: Guest) -> bool:
        """Tell whether a wavering dealer sits without anybody ready to sign."""
        return any(each.why is Because.NO_READY for each in self.reasons(guest))

    @cached_property
    def seated(self) -> int:
        return len(self.now.valid)

    @cached_property
    def chairs(self) -> int:
        return sum(each.seats for each in self.now.tables)

    @cached_property
    def firm(self) -> int:
        return head_count(self.now.event).where(FIRM).people

    @cached_property
    def wavering(self) -> list[Guest]:
        """The wavering dealers who have a seat."""
        return [
            each
            for each in self.now.coming
            if each.is_dealer and each.readiness is Readiness.WAVERING and each.id in self.explained.why
        ]

    def beside(self, why: Because) -> int:
        """Return how many wavering dealers sit beside such a neighbour."""
        return sum(1 for each in self.wavering if any(reason.why is why for reason in self.reasons(each)))

    @cached_property
    def findings(self) -> list[Finding]:
        """Hard rules that cannot be kept or were broken by hand."""
        found = [*impossible(self.problem), *broken(self.problem, self.now.places)]
        if self.seated:
            found += without_table(self.problem, self.now.places, [g.id for g in self.now.unseated if self._fits(g)])
        return found

    def _fits(self, guest: Guest) -> bool:
        """Whoever could not sit anywhere for another reason is named already."""
        return guest.id not in self.now.by_guest

    @cached_property
    def flaws(self) -> list[Flaw]:
        return look_over(self.plan.width, self.plan.depth, self.now.things, self.firm) if self.plan else []

    def lines(self, slug: str, *, may_edit: bool) -> list[dict[str, Any]]:
        """Return what needs somebody, gravest first."""
        found = [self._line(each) for each in self.findings[:_MOST_LINES]]
        if (more := len(self.findings) - _MOST_LINES) > 0:
            found.append(_row(ngettext("%(num)d finding more", "%(num)d findings more", more), "list-details"))
        if self.now.stale:
            number = len({each.invitation_id for each in self.now.stale})
            text = ngettext(
                "%(num)d guest has withdrawn and still holds a chair",
                "%(num)d guests have withdrawn and still hold chairs",
                number,
            )
            found.append(_row(text, "user-x", _post(may_edit, _("Free the chairs"), "seating.clear", slug)))
        if self.now.absent and self.seated:
            text = ngettext(
                "%(num)d seated guest has not come yet",
                "%(num)d seated guests have not come yet",
                len(self.now.absent),
            )
            act = _post(may_edit, _("Give their seats away"), "seating.give_up", slug)
            found.append(_row(text, "user-off", act, words.names(self.now.guests, [g.id for g in self.now.absent])))
        if self.flaws:
            text = ngettext("The hall plan has %(num)d fault", "The hall plan has %(num)d faults", len(self.flaws))
            act = {"label": _("Open the hall plan"), "url": url_for("seating.hall", slug=slug)}
            found.append(_row(text, "layout-grid", act, words.flaw(self.flaws[0], self.by_id)))
        return found

    def _line(self, found: Finding) -> dict[str, Any]:
        return {
            "tone": "danger",
            "icon": "alert-triangle",
            "text": words.finding(found, self.now.guests, self.by_id),
            "detail": words.names(self.now.guests, found.parties) if len(found.parties) > 1 else None,
            "act": None,
        }


def _row(text: str, icon: str, act: dict[str, Any] | None = None, detail: str | None = None) -> dict[str, Any]:
    return {"tone": "warning", "icon": icon, "text": text, "detail": detail, "act": act}


def _post(may: bool, label: str, endpoint: str, slug: str) -> dict[str, Any] | None:
    return {"label": label, "url": url_for(endpoint, slug=slug), "post": True} if may else None
