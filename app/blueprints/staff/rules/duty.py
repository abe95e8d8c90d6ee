"""How far a duty is with its person: planned, told, acknowledged, refused, or changed since it was told."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

from app.errors import N_, SigningDayError
from app.models import DutyState

S = DutyState


class DutyNotTold(SigningDayError):
    """Nobody can answer a duty that they were not told of as it is now."""

    code = "duty_not_told"
    sentence = N_("This duty has changed, or nobody was told of it yet. Please look at it again.")


class Step(StrEnum):
    """What happens to a duty between planner and person."""

    TELL = "tell"
    ACKNOWLEDGE = "acknowledge"
    REFUSE = "refuse"


# Telling again asks again, whatever was answered before. A person may think better of an answer.
_AFTER = {
    (S.PLANNED, Step.TELL): S.TOLD,
    (S.TOLD, Step.TELL): S.TOLD,
    (S.ACKNOWLEDGED, Step.TELL): S.TOLD,
    (S.REFUSED, Step.TELL): S.TOLD,
    (S.TOLD, Step.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.ACKNOWLEDGED, Step.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.REFUSED, Step.ACKNOWLEDGE): S.ACKNOWLEDGED,
    (S.TOLD, Step.REFUSE): S.REFUSED,
    (S.ACKNOWLEDGED, Step.REFUSE): S.REFUSED,
    (S.REFUSED, Step.REFUSE): S.REFUSED,
}


@dataclass(frozen=True)
class Content:
    """What a person is told of a duty. When any of it changes, the person is asked again."""

    role: str
    lines: Sequence[str]  # the role's duties
    starts_at: datetime
    ends_at: datetime
    station: str
    is_deputy: bool
    place: Sequence[str]  # venue, address, hall


def digest(content: Content) -> str:
    """Return 64 hexadecimal characters that are the same exactly as long as the content is, blanks aside."""
    said = {name: _said(value) for name, value in asdict(content).items()}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list | tuple):
        return [_said(each) for each in value if str(each).strip()]
    return value


def standing(state: DutyState, told_digest: str, now_digest: str) -> DutyState:
    """Return how a duty stands: its stored state, or CHANGED when the person was told something else."""
    if told_digest and told_digest != now_digest:
        return S.CHANGED
    return state


def after(now: DutyState, step: Step) -> DutyState:
    """Return the state that a step leads to; `now` is the standing. Nobody answers what they were not told."""
    if now is S.CHANGED and step is Step.TELL:
        return S.TOLD
    if (now, step) not in _AFTER:
        raise DutyNotTold
    return _AFTER[now, step]


def wants_telling(standing: DutyState) -> bool:
    """Tell whether the person has to be told, for the first time or again."""
    return standing in {S.PLANNED, S.CHANGED}


def holds(standing: DutyState, *, is_here: bool) -> bool:
    """Tell whether a place counts as filled: the person has neither refused nor left."""
    return is_here and standing is not S.REFUSED
