"""Where an event stands on its rail: plan, invite, re-confirm, check in, sign, settle, report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models import EventStatus, Stage


class StepState(StrEnum):
    """How a step of the rail looks."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    AHEAD = "ahead"


@dataclass(frozen=True)
class MilestoneFact:
    """What the rail and the list of exceptions know of a milestone."""

    id: int
    stage: Stage
    title: str
    due_on: date
    is_done: bool
    owner_id: int | None = None

    def is_late(self, today: date) -> bool:
        return not self.is_done and self.due_on < today


@dataclass(frozen=True)
class Step:
    """One step of the rail."""

    stage: Stage
    state: StepState
    done: int
    total: int
    due_on: date | None  # of its first undone milestone


def rail(
    milestones: Sequence[MilestoneFact], happened: Mapping[Stage, bool], today: date, status: EventStatus
) -> list[Step]:
    """Return the seven steps with their states.

    A stage is done when all its milestones are; a stage without any when what it is for has happened. The first one
    that is neither done nor late is now, but past a late one only when it has begun. An archived event is not late.
    """
    steps: list[Step] = []
    found_now = found_late = False
    for stage in Stage:
        rows = [row for row in milestones if row.stage is stage]
        open_days = [row.due_on for row in rows if not row.is_done]
        is_done = not open_days if rows else happened.get(stage, False)
        if is_done:
            state = StepState.DONE
        elif status is not EventStatus.ARCHIVED and any(row.is_late(today) for row in rows):
            state, found_late = StepState.LATE, True
        elif not found_now and (not found_late or any(row.is_done or row.due_on <= today for row in rows)):
            state, found_now = StepState.NOW, True
        else:
            state = StepState.AHEAD
        steps.append(Step(stage, state, len(rows) - len(open_days), len(rows), min(open_days, default=None)))
    return steps


def late(milestones: Iterable[MilestoneFact], today: date) -> list[MilestoneFact]:
    """Return the undone milestones whose day is over, longest overdue first."""
    return sorted((row for row in milestones if row.is_late(today)), key=lambda row: (row.due_on, row.id))
