"""The grid in which a planner says how many people each role needs in each shift."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from app.blueprints.staff.plan import Plan

MOST_PEOPLE = 999


def name_of(role_id: int, shift_id: int) -> str:
    """Return the name of the input of one cell."""
    return f"need-{role_id}-{shift_id}"


@dataclass(frozen=True)
class Typed:
    """What was typed into the grid: numbers by (role id, shift id), and the names of the inputs that hold none."""

    needs: Mapping[tuple[int, int], int]
    wrong: frozenset[str]


def read(plan: Plan, sent: Mapping[str, str]) -> Typed:
    """Read the grid. An empty cell needs nobody; one that was not sent stays as it is."""
    needs: dict[tuple[int, int], int] = {}
    wrong = set()
    for role in plan.roles:
        for shift in plan.shifts:
            name = name_of(role.id, shift.id)
            if name not in sent:
                continue
            text = unicodedata.normalize("NFKC", sent[name]).strip() or "0"
            if text.isascii() and text.isdecimal() and int(text) <= MOST_PEOPLE:
                needs[role.id, shift.id] = int(text)
            else:
                wrong.add(name)
    return Typed(needs, frozenset(wrong))
