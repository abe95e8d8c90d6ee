"""The rules of agenda and day, without a database: tables first, then what holds for any agenda."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.programme.rules import clashes, coverage, live, moving, rostrum
from app.blueprints.programme.rules.clashes import Fault
from app.blueprints.programme.rules.live import Run, Stand
from app.blueprints.programme.rules.rehearsed import Held, Readiness, readiness
from app.blueprints.programme.rules.slots import Slot
from app.models import Point, SessionKind

NINE = datetime(2026, 12, 18, 1, tzinfo=UTC)  # nine o'clock at the place
OPENS, CLOSES = NINE, NINE + timedelta(hours=8)


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def slot(number, start, minutes, room="", speaker=None):
    return Slot(number, at(start), minutes, room, speaker)


def found(*slots, closes=CLOSES):
    rows = clashes.findings(slots, OPENS, closes)
    return [(each.fault, each.slot.id, each.other and each.other.id, each.minutes) for each in rows]


@pytest.mark.parametrize(
    ("slots", "wanted"),
    [
        ([slot(1, 0, 30), slot(2, 30, 30)], []),
        ([slot(1, 0, 30), slot(2, 20, 30)], [(Fault.ROOM, 1, 2, 10)]),
        ([slot(1, 0, 30), slot(2, 20, 30, "side room")], []),
        ([slot(1, 0, 30, "", 7), slot(2, 20, 30, "side room", 7)], [(Fault.SPEAKER, 1, 2, 10)]),
        ([slot(1, 0, 30, "", 7), slot(2, 10, 5, "", 7)], [(Fault.ROOM, 1, 2, 5), (Fault.SPEAKER, 1, 2, 5)]),
        ([slot(1, 0, 30), slot(2, 35, 30)], []),
        ([slot(1, 0, 30), slot(2, 45, 30)], [(Fault.GAP, 1, 2, 15)]),
        ([slot(1, 0, 90), slot(2, 10, 20), slot(3, 90, 10)], [(Fault.ROOM, 1, 2, 20)]),
        ([slot(1, -20, 20)], [(Fault.EARLY, 1, None, 20)]),
        ([slot(1, 470, 30)], [(Fault.OVERRUN, 1, None, 20)]),
        ([slot(1, 0, 60), slot(2, 24 * 60, 60)], [(Fault.OVERRUN, 2, None, 1020)]),
    ],
)
def test_what_is_wrong_with_an_agenda(slots, wanted):
    assert found(*slots) == wanted
    assert found(*reversed(slots)) == wanted


def test_over_midnight():
    """A banquet from 23:30 on clashes with what begins at 00:15, and not with what begins at 01:00."""
    late = slot(1, 14 * 60 + 30, 90)
    assert found(late, slot(2, 15 * 60 + 15, 30), closes=at(24 * 60)) == [(Fault.ROOM, 1, 2, 30)]
    assert found(late, slot(2, 16 * 60, 30), closes=at(24 * 60)) == []


def test_what_follows_moves_with_the_end():
    rows = [slot(1, 0, 30), slot(2, 30, 60), slot(3, 100, 20), slot(4, 100, 20, "side room"), slot(5, 0, 10)]
    assert moving.moved_along(rows, rows[1], at(45), 60) == {3: at(115)}
    assert moving.moved_along(rows, rows[1], at(30), 50) == {3: at(90)}
    assert moving.moved_along(rows, rows[1], at(40), 50) == {}
    assert moving.moved_along(rows, rows[0], at(5), 30) == {2: at(35), 3: at(105), 5: at(5)}


@pytest.mark.parametrize(
    ("kind", "speaker", "held", "wanted"),
    [
        (SessionKind.BREAK, None, [], Readiness.NOT_NEEDED),
        (SessionKind.TALK, None, [], Readiness.NO_SPEAKER),
        (SessionKind.TALK, 1, [], Readiness.NEVER),
        (SessionKind.TALK, 1, [(2, 10, True)], Readiness.NEVER),
        (SessionKind.TALK, 1, [(1, 10, False)], Readiness.NOT_READY),
        (SessionKind.TALK, 1, [(1, 10, False), (1, 11, True)], Readiness.READY),
        (SessionKind.TALK, 1, [(1, 11, False), (1, 10, True)], Readiness.NOT_READY),
        (SessionKind.TALK, 1, [(1, 10, False), (1, 10, True)], Readiness.READY),
        (SessionKind.TALK, 1, [(1, 10, True), (2, 12, False)], Readiness.READY),
    ],
)
def test_who_is_ready(kind, speaker, held, wanted):
    rows = [Held(number, who, date(2026, 12, day), ok) for number, (who, day, ok) in enumerate(held)]
    assert readiness(kind, speaker, rows) is wanted


def test_what_nobody_covers():
    said = coverage.coverage(
        [
            (1, SessionKind.TALK, frozenset({Point.MARKET, Point.TRUST_PRODUCT})),
            (2, SessionKind.MEAL, frozenset({Point.MARGIN})),
            (3, SessionKind.SIGNING, frozenset({Point.TRUST_CONTRACT, Point.MARKET})),
        ]
    )
    assert said.sessions[Point.MARKET] == (1, 3)
    assert said.missing == (
        *(Point.MARGIN, Point.SUPPORT, Point.COMPANY),
        *(Point.TRUST_COMPANY, Point.TRUST_MODEL, Point.TRUST_MARGIN),
    )
    assert not said.is_whole


@pytest.mark.parametrize(
    ("count", "wanted"),
    [(0, []), (1, [1]), (2, [1, 2]), (3, [3, 1, 2]), (4, [3, 1, 2, 4]), (5, [5, 3, 1, 2, 4])],
)
def test_the_first_sits_in_the_middle(count, wanted):
    assert rostrum.seated(range(1, count + 1)) == wanted


def stands(runs, now):
    return [
        (each.run.slot.id, (each.starts_at - NINE) // timedelta(minutes=1), each.stand)
        for each in live.expected(runs, at(now))
    ]


def test_a_delay_is_carried_forward_and_gaps_make_up_for_it():
    opening, talk, pause, last = slot(1, 0, 20), slot(2, 20, 40), slot(3, 60, 15), slot(4, 85, 30)
    plan = [Run(opening), Run(talk), Run(pause), Run(last)]
    assert stands(plan, -30) == [(1, 0, Stand.NEXT), (2, 20, Stand.LATER), (3, 60, Stand.LATER), (4, 85, Stand.LATER)]
    assert [start for _, start, _ in stands(plan, 12)] == [12, 32, 72, 87]  # nobody has begun yet
    begun = [Run(opening, at(8)), Run(talk), Run(pause), Run(last)]
    assert stands(begun, 10) == [(1, 8, Stand.NOW), (2, 28, Stand.NEXT), (3, 68, Stand.LATER), (4, 85, Stand.LATER)]
    assert stands(begun, 40)[1] == (2, 40, Stand.NEXT)  # the opening runs over
    assert live.delay(live.expected(begun, at(40))) == 20
    caught_up = [Run(opening, at(0), at(20)), Run(talk, at(20)), Run(pause), Run(last)]
    assert live.delay(live.expected(caught_up, at(30))) == 0


def test_what_nobody_ended_is_over_when_a_later_one_has_begun():
    runs = [Run(slot(1, 0, 30), at(0)), Run(slot(2, 30, 30)), Run(slot(3, 60, 30), at(40)), Run(slot(4, 90, 30))]
    assert [stand for _, _, stand in stands(runs, 45)] == [Stand.OVER, Stand.OVER, Stand.NOW, Stand.NEXT]
    assert stands(runs, 45)[3][1] == 90


_SLOTS = st.lists(
    st.tuples(st.integers(-60, 2000), st.integers(1, 240), st.sampled_from(["", "b"]), st.sampled_from([None, 1, 2])),
    max_size=8,
).map(lambda rows: [slot(number, *row) for number, row in enumerate(rows, 1)])


@settings(max_examples=60, deadline=None)
@given(_SLOTS)
def test_every_clash_is_named_once(slots):
    told = [each for each in clashes.findings(slots, OPENS, CLOSES) if each.fault.is_clash]
    pairs = {(each.fault, frozenset((each.slot.id, each.other.id if each.other else 0))) for each in told}
    assert len(pairs) == len(told)
    wanted = set()
    for one in slots:
        for other in slots:
            if one.id < other.id and one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                pair = frozenset((one.id, other.id))
                wanted |= {(Fault.ROOM, pair)} if one.room == other.room else set()
                same = one.speaker_id is not None and one.speaker_id == other.speaker_id
                wanted |= {(Fault.SPEAKER, pair)} if same else set()
    assert pairs == wanted


@settings(max_examples=60, deadline=None)
@given(_SLOTS.filter(bool), st.data())
def test_a_move_keeps_every_distance(slots, data):
    moved = data.draw(st.sampled_from(slots))
    starts, minutes = at(data.draw(st.integers(-60, 2000))), data.draw(st.integers(1, 240))
    new = moving.moved_along(slots, moved, starts, minutes)
    after = {each.id: new.get(each.id, each.starts_at) for each in slots}
    end = starts + timedelta(minutes=minutes)
    for each in moving.following(slots, moved):
        assert after[each.id] - end == each.starts_at - moved.ends_at
        assert each.room == moved.room
    back = [Slot(each.id, after[each.id], each.minutes, each.room) for each in slots if each.id in new]
    again = {each.id: each.starts_at - (end - moved.ends_at) for each in back}
    assert all(again[each.id] == each.starts_at for each in slots if each.id in again)


@settings(max_examples=60, deadline=None)
@given(_SLOTS, st.integers(-100, 2500), st.data())
def test_nothing_is_expected_too_early_or_twice_in_a_room(slots, now, data):
    runs = []
    for each in slots:
        began = data.draw(st.none() | st.integers(-100, now))
        ended = None if began is None else data.draw(st.none() | st.integers(began, now))
        runs.append(Run(each, None if began is None else at(began), None if ended is None else at(ended)))
    rows = live.expected(runs, at(now))
    assert {each.run.slot.id for each in rows} == {each.id for each in slots}
    ahead: dict[str, datetime] = {}
    for each in rows:
        assert each.ends_at >= each.starts_at
        if each.stand in (Stand.NEXT, Stand.LATER):
            room = each.run.slot.room
            assert each.starts_at >= max(each.run.slot.starts_at, at(now))
            assert each.starts_at >= ahead.get(room, each.starts_at)
            assert (each.stand is Stand.NEXT) == (room not in ahead)
            ahead[room] = each.ends_at


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 20))
def test_ranks_fall_outwards(count):
    row = rostrum.seated(range(1, count + 1))
    assert sorted(row) == list(range(1, count + 1))
    middle = row.index(1)
    assert [abs(row.index(rank) - middle) for rank in range(1, count + 1)] == [
        rank // 2 for rank in range(1, count + 1)
    ]
