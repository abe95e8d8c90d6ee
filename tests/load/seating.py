"""Seating a thousand guests at a hundred tables, and filling fifty empty chairs, by rules alone: no database.

python -m tests.load seating
"""

import random
import time
from collections.abc import Callable
from dataclasses import replace

from app.blueprints.seating.rules.apart import Candidate, foes
from app.blueprints.seating.rules.broken import broken
from app.blueprints.seating.rules.chairs import EMPTY, neighbours
from app.blueprints.seating.rules.facts import Party, Problem, Solution, Table
from app.blueprints.seating.rules.search import shuffled, solve
from app.models import GuestKind, Readiness

_KINDS = (GuestKind.DEALER, GuestKind.EXPERT, GuestKind.MEDIA, GuestKind.GOVERNMENT)


def conference(people: int, *, each: int = 10, cities: int = 60, seed: int = 1) -> Problem:
    """Return a hall that is full to the last chair: readiness and kinds as in the sample, rivals by city."""
    chance = random.Random(seed)
    guests: list[Party] = []
    candidates: list[Candidate] = []
    left = people
    while left:
        n = len(guests) + 1
        kind = chance.choices(_KINDS, [92, 3, 3, 2])[0]
        readiness = chance.choices(list(Readiness), [28, 30, 27, 15])[0] if kind is GuestKind.DEALER else None
        size = min(left, 2 if chance.random() < 0.08 else 1)
        left -= size
        is_content = readiness is not None and chance.random() < 0.12
        rep = chance.randrange(max(3, people // 25)) + 1
        guests.append(Party(n, size, kind, readiness, is_content, False, rep))
        if readiness is not None:
            candidates.append(Candidate(n, str(n), f"city {chance.randrange(cities)}"))
    tables = tuple(
        Table(t + 1, str(t + 1), each, x=(t % 10) * 320, y=(t // 10) * 320) for t in range(-(-people // each))
    )
    return Problem(tuple(guests), tables, tuple(foes(candidates, cities_apart=True)), seed=seed)


def shares(problem: Problem, solution: Solution) -> tuple[float, float]:
    """Return which part of the wavering dealers sits beside one who is ready, and beside one who is content."""
    parties = {each.id: each for each in problem.parties}
    wavering = ready = content = 0
    for table in problem.tables:
        row = [EMPTY] * table.seats
        for place in solution.places:
            for chair in place.chairs if place.table_id == table.id else ():
                row[chair] = place.party_id
        for party_id, others in neighbours(row, is_ring=table.is_ring).items():
            if parties[party_id].is_wavering:
                wavering += 1
                ready += any(parties[other].is_ready for other in others)
                content += any(parties[other].is_content for other in others)
    return ready / wavering, content / wavering


def _run(problem: Problem, name: str, work: Callable[[Problem], Solution]) -> Solution:
    began = time.process_time()
    solution = work(problem)
    seconds = time.process_time() - began
    ready, content = shares(problem, solution)
    print(
        f"{name:28} CPU {seconds:6.2f} s   cost {solution.cost:7}   ready beside {ready:6.1%}   "
        f"content beside {content:6.1%}   unseated {len(solution.unseated)}   "
        f"rules broken {len(broken(problem, solution.places))}"
    )
    return solution


def main() -> None:
    for people, cities in ((120, 25), (1000, 60)):
        problem = conference(people, cities=cities)
        print(f"{people} people, {len(problem.tables)} tables, {len(problem.foes)} pairs of rivals")
        _run(problem, "by chance", shuffled)
        _run(problem, "each at the best free table", lambda given: solve(given, rounds=0))
        solution = _run(problem, "search", solve)
    chance = random.Random(2)
    kept = tuple(each for each in solution.places if each not in set(chance.sample(solution.places, 50)))
    _run(replace(problem, fixed=kept), "50 empty seats filled again", solve)


if __name__ == "__main__":
    main()
