"""Who holds a seat, and who on the waiting list gets the next one. Values in, verdict out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.models import Answer, Readiness
from app.models import InvitationState as S

YES = frozenset({Answer.COMING, Answer.SUBSTITUTE})
SEATED = frozenset({S.ACCEPTED, S.FIRM, S.SUBSTITUTE, S.ARRIVED})
_READINESS_ORDER = {readiness: place for place, readiness in enumerate(Readiness)}


def holds_seat(state: S, answer: Answer | None) -> bool:
    """Tell whether a guest's seat counts as taken.

    A guest who accepted and then fell silent keeps the seat until it is given up; one who never answered has none.
    """
    return state in SEATED or (state is S.SILENT and answer in YES)


@dataclass(frozen=True)
class Waiting:
    """One party on the waiting list. `people` is the guest with all companions."""

    invitation_id: int
    people: int
    readiness: Readiness
    since: datetime
    priority: int = 0


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Return the waiting list as it moves up: put first by hand, then readiness, then who has waited longest."""
    return sorted(
        waiting,
        key=lambda each: (-each.priority, _READINESS_ORDER[each.readiness], each.since, each.invitation_id),
    )


def moving_up(waiting: Iterable[Waiting], free: int) -> list[Waiting]:
    """Return who gets the free seats.

    Nobody is passed over whom the seats left would hold. A party too large for them waits on while a smaller one
    behind it sits down: an empty chair helps nobody.
    """
    moved = []
    for each in in_order(waiting):
        if each.people <= free:
            moved.append(each)
            free -= each.people
    return moved


def has_room(*, needed: int, held: int, free: int) -> bool:
    """Tell whether a party of `needed` people fits, where it holds `held` seats already and `free` others are left.

    Whoever needs no more than is held keeps it, even when the hall was made smaller in the meantime.
    """
    return needed <= held or needed - held <= free
