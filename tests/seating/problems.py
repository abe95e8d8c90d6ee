"""Problems of seating for the tests of its rules."""

from hypothesis import strategies as st

from app.blueprints.seating.rules.chairs import EMPTY, neighbours
from app.blueprints.seating.rules.facts import Foes, Party, Place, Problem, Solution, Table, Why
from app.models import GuestKind, Readiness


def tables(*seats: int, vip: int = 0, ring: bool = True) -> tuple[Table, ...]:
    """Tables with so many seats, four metres apart; the first `vip` are kept for guests of honour."""
    return tuple(Table(n, str(n), each, ring, n <= vip, None, 400 * n, 0) for n, each in enumerate(seats, 1))


def dealers(*readiness: Readiness, start: int = 1) -> tuple[Party, ...]:
    return tuple(Party(n, readiness=each) for n, each in enumerate(readiness, start))


def beside(problem: Problem, solution: Solution) -> dict[int, list[int]]:
    """Return everybody's neighbours in a solution."""
    found: dict[int, list[int]] = {}
    for table in problem.tables:
        row = [EMPTY] * table.seats
        for place in solution.places:
            for chair in place.chairs if place.table_id == table.id else ():
                row[chair] = place.party_id
        found |= neighbours(row, is_ring=table.is_ring)
    return found


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Any hall with any guests, some of them fixed, more people than chairs now and then."""
    seats = draw(st.lists(st.integers(1, 8), min_size=1, max_size=6))
    halls = tuple(
        Table(n, str(n), each, draw(st.booleans()), draw(st.integers(0, 3)) == 0, draw(st.sampled_from([None, 1, 2])))
        for n, each in enumerate(seats, 1)
    )
    guests = []
    for n in range(1, draw(st.integers(1, 22)) + 1):
        kind = draw(st.sampled_from([GuestKind.DEALER, GuestKind.DEALER, GuestKind.EXPERT]))
        guests.append(
            Party(
                n,
                draw(st.sampled_from([1, 1, 1, 2, 3])),
                kind,
                draw(st.sampled_from(list(Readiness))) if kind is GuestKind.DEALER else None,
                draw(st.booleans()),
                draw(st.integers(0, 5)) == 0,
                draw(st.sampled_from([None, 1, 2, 3])),
            )
        )
    ids = [each.id for each in guests]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=30))
    foes = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    problem = Problem(
        tuple(guests), halls, tuple(Foes(*pair, Why.CITY, "c") for pair in sorted(foes)), seed=draw(st.integers(0, 9))
    )
    return Problem(
        problem.parties, problem.tables, problem.foes, _some_fixed(draw, problem, {*foes}), seed=problem.seed
    )


def _some_fixed(draw: st.DrawFn, problem: Problem, foes: set[tuple[int, int]]) -> tuple[Place, ...]:
    """Fix some parties where they may sit, on any free chairs, side by side or not."""
    fixed: list[Place] = []
    for party in problem.parties:
        if draw(st.integers(0, 3)):
            continue
        for table in problem.tables:
            taken = {chair for each in fixed if each.table_id == table.id for chair in each.chairs}
            free = [chair for chair in range(table.seats) if chair not in taken]
            at_table = {each.party_id for each in fixed if each.table_id == table.id}
            rivals = {(min(party.id, other), max(party.id, other)) for other in at_table} & foes
            if problem.may_sit(party, table) and len(free) >= party.size and not rivals:
                fixed.append(Place(party.id, table.id, tuple(free[: party.size])))
                break
    return tuple(fixed)
