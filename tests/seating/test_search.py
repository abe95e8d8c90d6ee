"""Seating everybody: hard rules always, wishes as far as they go, the same seed the same seating."""

from dataclasses import replace

from hypothesis import given, settings

from app.blueprints.seating.rules.apart import Candidate, foes
from app.blueprints.seating.rules.broken import Rule, broken, impossible, side_by_side, without_table
from app.blueprints.seating.rules.facts import Foes, Party, Place, Problem, Table, Why, Wish
from app.blueprints.seating.rules.search import shuffled, solve
from app.models import GuestKind, Readiness
from tests.seating.problems import beside, dealers, problems, tables

R = Readiness


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_solution_breaks_a_hard_rule(problem: Problem):
    for solution in (solve(problem, rounds=300), shuffled(problem)):
        assert broken(problem, solution.places) == []
        seats = {table.id: table for table in problem.tables}
        fixed = {place.party_id: place for place in problem.fixed}
        for place in solution.places:
            if place.party_id in fixed:
                assert place == fixed[place.party_id]
            else:
                assert side_by_side(place, seats[place.table_id])
        seated = [place.party_id for place in solution.places]
        assert sorted([*seated, *solution.unseated]) == [party.id for party in problem.parties]


@settings(max_examples=15, deadline=None)
@given(problems())
def test_the_same_problem_has_the_same_solution(problem: Problem):
    assert solve(problem, rounds=200) == solve(problem, rounds=200)


def test_what_the_search_says_it_costs_is_what_it_costs():
    problem = Problem(dealers(*[R.WAVERING, R.READY, R.LEANING, R.PROSPECT] * 5), tables(10, 10), seed=3)
    solution = solve(problem, rounds=500)
    assert solve(replace(problem, fixed=solution.places), rounds=0).cost == solution.cost


def test_a_wavering_dealer_sits_between_one_who_is_ready_and_one_who_is_content():
    problem = Problem((*dealers(*[R.WAVERING] * 4, *[R.READY] * 4), *_content(4, start=9)), tables(12))
    around = beside(problem, solve(problem))
    for wavering in range(1, 5):
        ready, content = {5, 6, 7, 8}, {9, 10, 11, 12}
        assert ready & {*around[wavering]}
        assert content & {*around[wavering]}


def _content(number: int, start: int) -> tuple[Party, ...]:
    return tuple(Party(n, readiness=R.PROSPECT, is_content=True) for n in range(start, start + number))


def test_past_ones_companion_the_next_party_is_the_neighbour():
    problem = Problem((Party(1, 2, readiness=R.WAVERING), Party(2, readiness=R.READY)), tables(3))
    assert beside(problem, solve(problem))[1] == [2]


def test_weights_decide_which_wish_comes_first():
    guests = (Party(1, readiness=R.WAVERING), Party(2, readiness=R.READY), *_content(1, start=3))
    halls = tables(2, 1)
    for wish, neighbour in ((Wish.READY_BESIDE, 2), (Wish.CONTENT_BESIDE, 3)):
        problem = Problem(guests, halls, weights={wish: 10})
        assert beside(problem, solve(problem))[1] == [neighbour]


def test_a_reps_dealers_sit_at_the_reps_table():
    halls = tuple(Table(n, str(n), 4, host_id=n, x=2_000 * n) for n in (1, 2))
    guests = tuple(Party(n, readiness=R.PROSPECT, rep_id=1 + n % 2) for n in range(1, 9))
    solution = solve(Problem(guests, halls))
    assert all(place.table_id == 1 + place.party_id % 2 for place in solution.places)


def test_kinds_and_work_are_spread():
    press = tuple(Party(n, kind=GuestKind.MEDIA) for n in (1, 2, 3))
    solution = solve(Problem((*press, *dealers(*[R.LEANING] * 6, start=4)), tables(3, 3, 3)))
    table_of = {place.party_id: place.table_id for place in solution.places}
    assert {table_of[n] for n in (1, 2, 3)} == {1, 2, 3}


def test_fifty_thrown_off_seats_are_filled_while_the_others_stay():
    problem = Problem(dealers(*[R.WAVERING, R.READY] * 30), tables(*[10] * 6), seed=2)
    kept = solve(problem, rounds=200).places[10:]
    again = solve(replace(problem, fixed=kept))
    assert {*kept} <= {*again.places}
    assert len(again.places) == 60


def test_whoever_finds_no_seat_is_named_with_the_reason():
    problem = Problem(dealers(*[R.READY] * 3), tables(2, 2), tuple(_each_others_foes(3)))
    solution = solve(problem, rounds=100)
    assert len(solution.places) == 2
    (finding,) = without_table(problem, solution.places, solution.unseated)
    assert (finding.rule, finding.parties, finding.number, finding.of) == (Rule.NO_TABLE, solution.unseated, 2, 2)


def _each_others_foes(number: int) -> list[Foes]:
    return [Foes(n, m, Why.CITY, "武汉") for n in range(1, number + 1) for m in range(n + 1, number + 1)]


def test_what_cannot_be_is_named_before_any_search():
    many = Problem(dealers(*[R.READY] * 5), tables(2, 2), tuple(_each_others_foes(5)))
    assert [(each.rule, each.number, each.of, each.about) for each in impossible(many)] == [
        (Rule.SEATS_SHORT, 5, 4, ""),
        (Rule.TOO_MANY_RIVALS, 5, 2, "武汉"),
    ]
    honoured = Problem((Party(1, is_vip=True), Party(2, is_vip=True), Party(3, 4)), tables(1, 3, vip=1))
    assert [(each.rule, each.number, each.of) for each in impossible(honoured)] == [
        (Rule.SEATS_SHORT, 6, 4),
        (Rule.HONOUR_SHORT, 2, 1),
        (Rule.PARTY_TOO_LARGE, 4, 0),
    ]
    assert impossible(Problem(dealers(R.READY), tables(2))) == []


def test_what_was_put_together_by_hand_is_named():
    problem = Problem(
        (Party(1), Party(2), Party(3, is_vip=True)), tables(4, 4, vip=1), (Foes(1, 2, Why.TERRITORY, "黄冈"),)
    )
    by_hand = (Place(1, 2, (0,)), Place(2, 2, (0,)), Place(3, 2, (9,)))
    assert {each.rule for each in broken(problem, by_hand)} == {
        Rule.RIVALS_TOGETHER,
        Rule.CHAIR_TWICE,
        Rule.NO_SUCH_CHAIR,
        Rule.WRONG_TABLE,
    }


def test_people_of_one_firm_are_no_rivals():
    both = [Candidate(1, "a", "武汉"), Candidate(2, "a", "武汉"), Candidate(3, "b", "武汉"), Candidate(4, "c", "")]
    assert [(each.one, each.other) for each in foes(both, cities_apart=True)] == [(1, 3), (2, 3)]
    assert foes(both, cities_apart=False) == []
    asked = foes(both, cities_apart=True, asked=[(1, 4)], may_meet=[(1, 3)])
    assert [(each.one, each.other, each.why) for each in asked] == [(1, 4, Why.ASKED), (2, 3, Why.CITY)]
