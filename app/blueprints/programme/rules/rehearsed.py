"""Whether a talk has passed its rehearsal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models import SessionKind


class Readiness(StrEnum):
    """How far a session's rehearsals are."""

    NOT_NEEDED = "not_needed"
    NO_SPEAKER = "no_speaker"
    NEVER = "never"  # not rehearsed by whoever speaks now
    NOT_READY = "not_ready"
    READY = "ready"

    @property
    def is_alarm(self) -> bool:
        return self in (Readiness.NO_SPEAKER, Readiness.NEVER, Readiness.NOT_READY)


@dataclass(frozen=True, slots=True)
class Held:
    """A rehearsal: who spoke, when, and whether the speaker could answer every question."""

    id: int
    speaker_id: int | None
    held_on: date
    is_ready: bool


def readiness(kind: SessionKind, speaker_id: int | None, held: Iterable[Held]) -> Readiness:
    """Return where a session stands. The last rehearsal of the present speaker says; another speaker's say nothing."""
    if kind is not SessionKind.TALK:
        return Readiness.NOT_NEEDED
    if speaker_id is None:
        return Readiness.NO_SPEAKER
    own = [each for each in held if each.speaker_id == speaker_id]
    if not own:
        return Readiness.NEVER
    last = max(own, key=lambda each: (each.held_on, each.id))
    return Readiness.READY if last.is_ready else Readiness.NOT_READY
