"""Who holds a seat, and who gets the next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.rsvp.seats.rules import Waiting, has_room, holds_seat, in_order, moving_up
from app.models import Answer, Readiness
from app.models import InvitationState as S

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("answer", [None, *Answer])
def test_who_holds_a_seat(state, answer):
    always = {S.ACCEPTED, S.FIRM, S.SUBSTITUTE, S.ARRIVED}
    kept = state is S.SILENT and answer in {Answer.COMING, Answer.SUBSTITUTE}
    assert holds_seat(state, answer) is (state in always or kept)


def waiting(number, people=1, readiness=Readiness.WAVERING, minutes=0, priority=0):
    return Waiting(number, people, readiness, NOON + timedelta(minutes=minutes), priority)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ([waiting(1, minutes=5), waiting(2, minutes=1)], [2, 1]),
        ([waiting(1, minutes=1), waiting(2, readiness=Readiness.READY, minutes=9)], [2, 1]),
        ([waiting(1, readiness=Readiness.READY), waiting(2, readiness=Readiness.PROSPECT, priority=1)], [2, 1]),
        ([waiting(1, priority=1), waiting(2, priority=2)], [2, 1]),
        ([waiting(2), waiting(1)], [1, 2]),
        ([waiting(n, readiness=r) for n, r in enumerate(reversed(Readiness))], [3, 2, 1, 0]),
    ],
)
def test_order_of_the_waiting_list(line, expected):
    assert [each.invitation_id for each in in_order(line)] == expected


@pytest.mark.parametrize(
    ("line", "free", "expected"),
    [
        ([waiting(1), waiting(2)], 0, []),
        ([waiting(1), waiting(2)], 1, [1]),
        ([waiting(1), waiting(2)], 5, [1, 2]),
        ([waiting(1, people=2), waiting(2)], 1, [2]),
        ([waiting(1, people=2), waiting(2, people=2), waiting(3)], 3, [1, 3]),
        ([waiting(1)], -3, []),
    ],
)
def test_who_moves_up(line, free, expected):
    assert [each.invitation_id for each in moving_up(line, free)] == expected


lines = st.lists(
    st.builds(
        Waiting,
        invitation_id=st.integers(1, 10_000),
        people=st.integers(1, 5),
        readiness=st.sampled_from(list(Readiness)),
        since=st.integers(0, 500).map(lambda minutes: NOON + timedelta(minutes=minutes)),
        priority=st.integers(0, 2),
    ),
    unique_by=lambda each: each.invitation_id,
    max_size=12,
)


@given(lines, st.integers(0, 20))
def test_moving_up_fills_the_seats_and_keeps_the_order(line, free):
    moved = moving_up(line, free)
    left = free - sum(each.people for each in moved)
    assert left >= 0
    assert moved == [each for each in in_order(line) if each in moved]
    assert all(each.people > left for each in line if each not in moved)
    room = free
    for each in in_order(line):  # nobody was passed over whom the seats left at that point would have held
        assert (each in moved) is (each.people <= room)
        room -= each.people if each in moved else 0


@pytest.mark.parametrize(
    ("needed", "held", "free", "expected"),
    [
        (1, 0, 1, True),
        (1, 0, 0, False),
        (2, 1, 1, True),
        (3, 1, 1, False),
        (2, 2, -5, True),  # the hall was made smaller: who has a seat keeps it
        (1, 2, -5, True),
        (1, 0, -5, False),
    ],
)
def test_room(needed, held, free, expected):
    assert has_room(needed=needed, held=held, free=free) is expected
