"""Where an event stands on its rail."""

from datetime import date, timedelta

import pytest

from app.blueprints.events.rules.rail import MilestoneFact, StepState, late, rail
from app.models import EventStatus, Stage

TODAY = date(2026, 11, 24)
D, N, L, A = StepState.DONE, StepState.NOW, StepState.LATE, StepState.AHEAD


def row(stage, days, is_done=False, number=1):
    return MilestoneFact(number, stage, "x", TODAY + timedelta(days=days), is_done)


def states(rows, happened=None, status=EventStatus.OPEN):
    return [step.state for step in rail(rows, happened or {}, TODAY, status)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [N, A, A, A, A, A, A]),
        ([row(Stage.PLAN, 0)], [N, A, A, A, A, A, A]),
        ([row(Stage.PLAN, -1)], [L, A, A, A, A, A, A]),
        ([row(Stage.PLAN, -1, True)], [D, N, A, A, A, A, A]),
        ([row(Stage.PLAN, -1, True), row(Stage.PLAN, 3)], [N, A, A, A, A, A, A]),
        ([row(Stage.PLAN, -1), row(Stage.INVITE, 9)], [L, A, A, A, A, A, A]),
        ([row(Stage.PLAN, -1), row(Stage.INVITE, 0)], [L, N, A, A, A, A, A]),
        ([row(Stage.PLAN, -1), row(Stage.INVITE, -1), row(Stage.RECONFIRM, 4)], [L, L, A, A, A, A, A]),
    ],
)
def test_states(rows, expected):
    assert states(rows) == expected


def test_a_stage_without_milestones_is_done_when_it_has_happened():
    happened = {Stage.PLAN: True, Stage.INVITE: True, Stage.RECONFIRM: False}
    assert states([], happened) == [D, D, N, A, A, A, A]


def test_milestones_speak_before_what_has_happened():
    assert states([row(Stage.PLAN, 2)], {Stage.PLAN: True})[0] is N


def test_an_archived_event_is_not_late():
    assert L not in states([row(Stage.REPORT, -9)], status=EventStatus.ARCHIVED)


def test_a_step_tells_how_far_it_is():
    rows = [row(Stage.PLAN, -5, True), row(Stage.PLAN, 2), row(Stage.PLAN, 4)]
    step = rail(rows, {}, TODAY, EventStatus.OPEN)[0]
    assert (step.done, step.total, step.due_on) == (1, 3, TODAY + timedelta(days=2))


def test_the_longest_overdue_come_first():
    rows = [row(Stage.PLAN, -1, number=1), row(Stage.PLAN, -7, number=2), row(Stage.PLAN, 0, number=3)]
    assert [each.id for each in late(rows, TODAY)] == [2, 1]
