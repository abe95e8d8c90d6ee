"""Which tables lie near which rep: those the rep looks after, or a stretch of the hall that suits the rep's dealers."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from app.blueprints.seating.rules.facts import Party, Problem, Table


def metres_beyond(problem: Problem) -> dict[tuple[int, int], int]:
    """Return, by rep and table, how many whole metres a table lies beyond the rep's reach; within reach is left out."""
    homes = homes_of(problem.parties, problem.tables)
    far = {}
    for rep_id, own in homes.items():
        for table in problem.tables:
            beyond = math.ceil((min(_between(table, home) for home in own) - problem.reach) / 100)
            if beyond > 0:
                far[rep_id, table.id] = beyond
    return far


def homes_of(parties: Sequence[Party], tables: Sequence[Table]) -> dict[int, list[Table]]:
    """Return the tables each rep works from.

    Whoever looks after tables works from those. The hall's other tables, taken in a winding line from the front, are
    shared out among the other reps in stretches as long as they have guests, those with most guests first.
    """
    people = Counter[int]()
    for party in parties:
        if party.rep_id is not None and not party.is_vip:
            people[party.rep_id] += party.size
    homes: dict[int, list[Table]] = {}
    for table in tables:
        if table.host_id is not None and not table.is_vip:
            homes.setdefault(table.host_id, []).append(table)
    reps = sorted((rep_id for rep_id in people if rep_id not in homes), key=lambda rep_id: (-people[rep_id], rep_id))
    line = winding([table for table in tables if not table.is_vip and table.host_id is None])
    homes |= _stretches(reps, people, line)
    return {rep_id: homes[rep_id] for rep_id in people if homes.get(rep_id)}


def _stretches(reps: Sequence[int], people: Mapping[int, int], line: Sequence[Table]) -> dict[int, list[Table]]:
    total = sum(people[rep_id] for rep_id in reps)
    if not total or not line:
        return {}
    homes, before = {}, 0
    for rep_id in reps:
        first = before * len(line) // total
        before += people[rep_id]
        homes[rep_id] = list(line[first : max(first + 1, before * len(line) // total)])
    return homes


def winding(tables: Sequence[Table]) -> list[Table]:
    """Return tables row by row from the front, every other row from the right, so that neighbours stay neighbours."""
    rows: list[list[Table]] = []
    for table in sorted(tables, key=lambda each: (each.y, each.x, each.id)):
        if rows and table.y - rows[-1][0].y < 100:
            rows[-1].append(table)
        else:
            rows.append([table])
    return [
        table
        for n, row in enumerate(rows)
        for table in sorted(row, key=lambda each: (each.x, each.id), reverse=n % 2 == 1)
    ]


def _between(one: Table, other: Table) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
