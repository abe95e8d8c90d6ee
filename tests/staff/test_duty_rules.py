"""A duty between planner and person: planned, told, acknowledged, refused, changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.staff.rules.duty import (
    Content,
    DutyNotTold,
    Step,
    after,
    digest,
    holds,
    standing,
    wants_telling,
)
from app.models import DutyState as S

CONTENT = Content(
    role="会场组组长",
    lines=("维持会场秩序", "讲座运行"),
    starts_at=datetime(2026, 12, 18, 1, tzinfo=UTC),
    ends_at=datetime(2026, 12, 18, 7, tzinfo=UTC),
    station="主席台",
    is_deputy=False,
    place=("酒店", "", "三楼"),
)


@pytest.mark.parametrize(
    ("now", "step", "then"),
    [
        (S.PLANNED, Step.TELL, S.TOLD),
        (S.CHANGED, Step.TELL, S.TOLD),
        (S.REFUSED, Step.TELL, S.TOLD),
        (S.ACKNOWLEDGED, Step.TELL, S.TOLD),
        (S.TOLD, Step.TELL, S.TOLD),
        (S.TOLD, Step.ACKNOWLEDGE, S.ACKNOWLEDGED),
        (S.TOLD, Step.REFUSE, S.REFUSED),
        (S.REFUSED, Step.ACKNOWLEDGE, S.ACKNOWLEDGED),
        (S.ACKNOWLEDGED, Step.REFUSE, S.REFUSED),
        (S.ACKNOWLEDGED, Step.ACKNOWLEDGE, S.ACKNOWLEDGED),
        (S.REFUSED, Step.REFUSE, S.REFUSED),
    ],
)
def test_steps(now, step, then):
    assert after(now, step) is then


@pytest.mark.parametrize("now", [S.PLANNED, S.CHANGED])
@pytest.mark.parametrize("step", [Step.ACKNOWLEDGE, Step.REFUSE])
def test_nobody_answers_what_they_were_not_told(now, step):
    with pytest.raises(DutyNotTold):
        after(now, step)


@pytest.mark.parametrize(
    "change",
    [
        {"role": "会务组组长"},
        {"lines": ("维持会场秩序",)},
        {"starts_at": CONTENT.starts_at + timedelta(minutes=5)},
        {"ends_at": CONTENT.ends_at + timedelta(minutes=5)},
        {"station": "入口"},
        {"is_deputy": True},
        {"place": ("另一家酒店", "", "三楼")},
    ],
)
def test_any_change_asks_again(change):
    told = digest(CONTENT)
    now = digest(replace(CONTENT, **change))
    assert now != told
    for state in (S.TOLD, S.ACKNOWLEDGED, S.REFUSED):
        assert standing(state, told, now) is S.CHANGED
    assert wants_telling(standing(S.ACKNOWLEDGED, told, now))


def test_blanks_and_the_spelling_of_an_instant_change_nothing():
    same = replace(
        CONTENT,
        role=" 会场组组长 ",
        lines=("维持会场秩序 ", "", "讲座运行"),
        starts_at=CONTENT.starts_at.astimezone(timezone(timedelta(hours=8))),
    )
    assert digest(same) == digest(CONTENT)


def test_what_nobody_was_told_has_not_changed():
    assert standing(S.PLANNED, "", digest(CONTENT)) is S.PLANNED


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_a_digest_is_the_same_only_for_the_same_lines(first, second):
    def plain(lines):
        return [" ".join(line.split()) for line in lines if line.strip()]

    same = digest(replace(CONTENT, lines=tuple(first))) == digest(replace(CONTENT, lines=tuple(second)))
    assert same == (plain(first) == plain(second))


@pytest.mark.parametrize(
    ("state", "is_here", "filled"),
    [
        (S.PLANNED, True, True),
        (S.ACKNOWLEDGED, True, True),
        (S.CHANGED, True, True),
        (S.REFUSED, True, False),
        (S.TOLD, False, False),
    ],
)
def test_who_refused_or_left_fills_no_place(state, is_here, filled):
    assert holds(state, is_here=is_here) is filled
