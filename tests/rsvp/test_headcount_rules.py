"""How likely a guest comes, and figures that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.events.rules.head_count import MAXIMUM
from app.blueprints.rsvp.headcount.rules import (
    History,
    ThreeWays,
    likelihood,
    round_half_up,
    rounded_to_sum,
)
from app.models import Answer, GuestKind, Readiness
from app.models import InvitationState as S

DEALER, LEANING = GuestKind.DEALER, Readiness.LEANING


@pytest.mark.parametrize(
    ("state", "answer", "readiness", "kind", "history", "expected"),
    [
        (S.ARRIVED, Answer.COMING, Readiness.PROSPECT, DEALER, History(9, 0), 1.0),
        (S.FIRM, Answer.COMING, LEANING, DEALER, None, 0.95),
        (S.ACCEPTED, Answer.COMING, LEANING, DEALER, None, 0.75),
        (S.ACCEPTED, Answer.COMING, Readiness.READY, DEALER, None, 0.825),
        (S.ACCEPTED, Answer.COMING, Readiness.PROSPECT, DEALER, None, 0.5625),
        (S.ACCEPTED, Answer.COMING, Readiness.PROSPECT, GuestKind.EXPERT, None, 0.75),
        (S.SILENT, Answer.COMING, LEANING, DEALER, None, 0.45),
        (S.SILENT, None, LEANING, DEALER, None, 0.10),
        (S.NO_ANSWER, None, LEANING, DEALER, None, 0.12),
        # Came three times of three: (3 + 3.2) / 7 = 0.886 against the usual 0.8.
        (S.ACCEPTED, Answer.COMING, LEANING, DEALER, History(3, 3), 0.75 * 6.2 / 7 / 0.8),
        (S.ACCEPTED, Answer.COMING, LEANING, DEALER, History(3, 0), 0.75 * 3.2 / 7 / 0.8),
        (S.FIRM, Answer.COMING, Readiness.READY, DEALER, History(50, 50), 0.98),
        (S.WAITING, Answer.COMING, LEANING, DEALER, None, 0.0),
        (S.DECLINED, Answer.NOT_COMING, LEANING, DEALER, None, 0.0),
        (S.LISTED, None, LEANING, DEALER, None, 0.0),
        (S.NO_SHOW, Answer.COMING, LEANING, DEALER, None, 0.0),
    ],
)
def test_likelihood(state, answer, readiness, kind, history, expected):
    assert likelihood(state, answer, readiness, kind, history) == pytest.approx(expected)


@given(
    st.sampled_from(sorted(MAXIMUM)),
    st.sampled_from([None, *Answer]),
    st.sampled_from(list(Readiness)),
    st.sampled_from(list(GuestKind)),
    st.integers(0, 30),
    st.integers(0, 30),
)
def test_likelihood_is_a_probability_and_a_good_record_never_lowers_it(state, answer, readiness, kind, came, missed):
    chance = likelihood(state, answer, readiness, kind, History(came + missed, came))
    assert 0 < chance <= 1
    assert likelihood(state, answer, readiness, kind, History(came + missed + 1, came + 1)) >= chance
    assert likelihood(state, answer, readiness, kind, History(came + missed + 1, came)) <= chance


@given(st.lists(st.floats(0, 5000, allow_nan=False), max_size=40))
def test_parts_add_up_to_the_whole(values):
    parts = rounded_to_sum(values)
    assert sum(parts) == round_half_up(sum(values))
    assert all(abs(part - value) < 1.0001 for part, value in zip(parts, values, strict=True))


def test_spare_is_rounded_up():
    assert ThreeWays(100, 110, 121).with_spare(5) == ThreeWays(105, 116, 128)
    assert ThreeWays(0, 0, 0).with_spare(5) == ThreeWays(0, 0, 0)
    assert ThreeWays(7, 7, 7).with_spare(0) == ThreeWays(7, 7, 7)
