"""Seating everybody: a first seating by whoever is hardest to place, then exchanges that make it better.

A local search of our own. Against a solver of constraints it was measured (`docs/performance.md`): at a thousand
guests that one needs more than the time there is, and weighs a quarter of a gigabyte.
"""

import math
import random
from collections.abc import Callable

from app.blueprints.seating.rules.chairs import EMPTY
from app.blueprints.seating.rules.facts import Place, Problem, Solution
from app.blueprints.seating.rules.hall import UNSEATED, Hall

Progress = Callable[[int, int], None]  # done, total
Move = tuple[int, list[int], int, list[int]]

ROUNDS_A_PARTY = 260
_LEAST, _MOST = 3_000, 260_000
_HOT, _COLD = 80.0, 3.0
_TRIED_FIRST = 10  # tables looked at before all are
_EVERY = 1_000  # rounds between two reports


def solve(problem: Problem, *, rounds: int | None = None, progress: Progress | None = None) -> Solution:
    """Return a seating that breaks no hard rule, beyond what the fixed places break already.

    The same problem gives the same seating. `rounds` bounds the work instead of a clock; 0 stops after the first
    seating. Whoever finds no seat is named in the solution.
    """
    hall = Hall(problem)
    chance = random.Random(problem.seed)  # noqa: S311 - the same seed has to give the same seating
    _seat_first(hall, chance)
    movable = [n for n in range(len(problem.parties)) if not hall.fixed[n]]
    if movable:
        wanted = min(max(ROUNDS_A_PARTY * len(movable), _LEAST), _MOST) if rounds is None else rounds
        _improve(hall, chance, movable, wanted, progress)
    return _solution(problem, hall)


def shuffled(problem: Problem) -> Solution:
    """Return a seating by chance that keeps the hard rules: what a planner without wishes would do."""
    hall = Hall(problem)
    chance = random.Random(problem.seed)  # noqa: S311 - the same seed has to give the same seating
    waiting = [n for n in range(len(problem.parties)) if not hall.fixed[n]]
    chance.shuffle(waiting)
    for n in sorted(waiting, key=lambda each: -hall.size[each]):
        tables = list(range(hall.foyer))
        chance.shuffle(tables)
        move = next(filter(None, (_into(hall, n, t, chance) for t in tables)), None)
        if move is not None:
            hall.exchange(*move)
    return _solution(problem, hall)


def _seat_first(hall: Hall, chance: random.Random) -> None:
    """Seat whoever is hardest to place first, each at the cheapest of some tables."""
    waiting = [n for n in range(len(hall.size)) if not hall.fixed[n]]
    chance.shuffle(waiting)
    waiting.sort(key=lambda n: (len(hall.may[n]), -hall.size[n], -hall.foes[n].bit_count()))
    for n in waiting:
        tables = sorted(hall.may[n])
        chance.shuffle(tables)
        best = _cheapest(hall, n, tables[:_TRIED_FIRST], chance) or _cheapest(hall, n, tables[_TRIED_FIRST:], chance)
        if best is not None:
            hall.exchange(*best)


def _cheapest(hall: Hall, n: int, tables: list[int], chance: random.Random) -> Move | None:
    best, lowest = None, math.inf
    for t in tables:
        move = _into(hall, n, t, chance)
        if move is None:
            continue
        cost = hall.exchange(*move)
        hall.exchange(*move)
        if cost < lowest:
            best, lowest = move, cost
    return best


def _into(hall: Hall, n: int, t: int, chance: random.Random) -> Move | None:
    """Return the move of a waiting party to empty chairs of a table, None when it cannot sit there."""
    row, size = hall.chairs[t], hall.size[n]
    if t not in hall.may[n] or row.count(EMPTY) < size or hall.foes[n] & hall.mask[t]:
        return None
    first = chance.randrange(len(row))
    for start in range(first, first + len(row)):
        chairs = hall.stretch(t, start % len(row), size)
        if chairs is not None and all(row[each] == EMPTY for each in chairs):
            ours = hall.of_party(n)
            assert ours is not None
            return hall.foyer, ours, t, chairs
    return None


def _improve(hall: Hall, chance: random.Random, movable: list[int], rounds: int, progress: Progress | None) -> None:
    """Exchange stretches of chairs: always when it gets better, now and then when it gets a little worse at first."""
    wavering = [n for n, role in enumerate(hall.role) if role & 1]
    helpers = [n for n in movable if hall.role[n] & 6]
    cooling = (_COLD / _HOT) ** (1 / max(1, rounds))
    heat = _HOT
    for done in range(rounds):
        if progress is not None and done % _EVERY == 0:
            progress(done, rounds)
        heat *= cooling
        move = None
        if wavering and helpers and chance.random() < 0.5:
            move = _helping(hall, chance, wavering, helpers)
        if move is None:
            move = _any(hall, chance, movable)
        if move is None:
            continue
        change = hall.exchange(*move)
        if change > 0 and (change >= UNSEATED or chance.random() >= math.exp(-change / heat)):
            hall.exchange(*move)
    if progress is not None:
        progress(rounds, rounds)


def _helping(hall: Hall, chance: random.Random, wavering: list[int], helpers: list[int]) -> Move | None:
    """Bring somebody who is ready or content beside a wavering dealer who lacks such a neighbour."""
    n = chance.choice(wavering)
    t = hall.table_of[n]
    if t == hall.foyer:
        return None
    row, seats = hall.chairs[t], len(hall.chairs[t])
    right = chance.random() < 0.5
    chair, step = row.index(n), 1 if right else -1
    for _ in range(seats):
        chair += step
        if not hall.ring[t] and not 0 <= chair < seats:
            return None
        chair %= seats
        if row[chair] != n:
            break
    helper = chance.choice(helpers)
    if row[chair] != EMPTY and hall.role[row[chair]] & hall.role[helper] & 6:
        return None
    return _exchange_with(hall, helper, t, chair if right else (chair - hall.size[helper] + 1) % seats)


def _any(hall: Hall, chance: random.Random, movable: list[int]) -> Move | None:
    """Let any movable party change places with any stretch of chairs; whoever has no seat goes first."""
    n = chance.choice(movable)
    lobby = hall.chairs[hall.foyer]
    if hall.cost[hall.foyer] and chance.random() < 0.3:
        n = chance.choice([each for each in lobby if each != EMPTY])
    t = chance.randrange(hall.foyer) if hall.foyer else 0
    return _exchange_with(hall, n, t, chance.randrange(len(hall.chairs[t]))) if hall.chairs[t] else None


def _exchange_with(hall: Hall, n: int, t: int, start: int) -> Move | None:
    if hall.table_of[n] != t and t not in hall.may[n]:
        return None
    theirs = hall.stretch(t, start, hall.size[n])
    if theirs is None:
        return None
    ours = hall.of_party(n)
    if ours is None or not hall.may_exchange(hall.table_of[n], ours, t, theirs):
        return None
    return hall.table_of[n], ours, t, theirs


def _solution(problem: Problem, hall: Hall) -> Solution:
    places = []
    fixed = {each.party_id: each for each in problem.fixed}
    for n, party in enumerate(problem.parties):
        if hall.fixed[n]:
            places.append(fixed[party.id])
        elif hall.table_of[n] != hall.foyer:
            chairs = hall.of_party(n)
            assert chairs is not None
            places.append(Place(party.id, problem.tables[hall.table_of[n]].id, tuple(chairs)))
    seated = {each.party_id for each in places}
    unseated = tuple(party.id for party in problem.parties if party.id not in seated)
    return Solution(tuple(places), unseated, hall.total())
