"""When the pen may be given."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.signing.rules import progress
from app.blueprints.signing.rules.progress import Facts, Stage
from app.errors import SigningDayError

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
READY = Facts(
    now=NOW,
    expires_at=NOW + timedelta(hours=1),
    closed_at=None,
    is_signed=False,
    identity_seen_at=NOW,
    pages=3,
    pages_read={"1": 4, "2": 9, "3": 2},
    wants_code=True,
    code_passed_at=NOW,
)


def but(**changes):
    return Facts(**{**READY.__dict__, **changes})


@pytest.mark.parametrize(
    ("facts", "stage", "code"),
    [
        (READY, Stage.PEN, None),
        (but(code_passed_at=None, wants_code=False), Stage.PEN, None),
        (but(code_passed_at=None), Stage.CODE, "code_not_passed"),
        (but(pages_read={"1": 4, "3": 1}), Stage.READING, "not_read"),
        (but(identity_seen_at=None), Stage.IDENTITY, "identity_not_seen"),
        (but(expires_at=NOW), Stage.OVER, "signing_over"),
        (but(closed_at=NOW), Stage.OVER, "signing_over"),
        (but(is_signed=True, closed_at=NOW), Stage.SIGNED, None),
    ],
)
def test_what_is_wanted_next(facts, stage, code):
    assert progress.stage(facts) is stage
    if code is None:
        progress.check_pen(facts)
    else:
        with pytest.raises(SigningDayError) as raised:
            progress.check_pen(facts)
        assert raised.value.code == code


@given(st.dictionaries(st.text(max_size=3), st.one_of(st.integers(), st.floats(), st.text(), st.none()), max_size=8))
def test_only_pages_of_the_document_count_as_read(sent):
    read = progress.read_pages(sent, 3)
    assert set(read) <= {"1", "2", "3"}
    assert all(0 <= seconds <= 24 * 3600 for seconds in read.values())


@pytest.mark.parametrize("sent", [None, [], "1", 7])
def test_what_is_no_dictionary_reads_nothing(sent):
    assert progress.read_pages(sent, 3) == {}


def test_a_code_is_good_for_ten_minutes_and_five_tries():
    progress.check_code(NOW, NOW - timedelta(minutes=10), 4, is_right=True)
    for sent_at, tries, is_right, code in [
        (None, 0, True, "code_used_up"),
        (NOW - timedelta(minutes=10, seconds=1), 0, True, "code_used_up"),
        (NOW, 5, True, "code_used_up"),
        (NOW, 0, False, "code_wrong"),
    ]:
        with pytest.raises(SigningDayError) as raised:
            progress.check_code(NOW, sent_at, tries, is_right=is_right)
        assert raised.value.code == code


def test_codes_go_a_minute_apart_and_five_times_at_most():
    progress.check_code_may_go(NOW, NOW - timedelta(seconds=60), 4)
    for sent_at, sent in [(NOW - timedelta(seconds=59), 1), (None, 5)]:
        with pytest.raises(progress.CodeTooSoon):
            progress.check_code_may_go(NOW, sent_at, sent)
