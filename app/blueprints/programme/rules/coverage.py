"""Which of a dealer's questions a talk answers, which trust it builds, and what nobody covers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.models import Point, SessionKind

QUESTIONS = (Point.MARKET, Point.MARGIN, Point.SUPPORT, Point.COMPANY)
TRUST = (
    Point.TRUST_COMPANY,
    Point.TRUST_PRODUCT,
    Point.TRUST_MODEL,
    Point.TRUST_MARGIN,
    Point.TRUST_CONTRACT,
)
# A signing ceremony answers nothing, but seeing others sign builds trust; words of welcome may do both.
CAN_COVER = (SessionKind.TALK, SessionKind.CEREMONY, SessionKind.SIGNING)


@dataclass(frozen=True)
class Coverage:
    """The sessions that cover each point, in the order in which they were given."""

    sessions: Mapping[Point, tuple[int, ...]]

    @property
    def missing(self) -> tuple[Point, ...]:
        """What nobody covers, questions before trust."""
        return tuple(each for each in (*QUESTIONS, *TRUST) if not self.sessions[each])

    @property
    def is_whole(self) -> bool:
        return not self.missing


def coverage(sessions: Iterable[tuple[int, SessionKind, frozenset[Point]]]) -> Coverage:
    """Return which sessions cover what; what breaks and meals are said to cover does not count."""
    of: dict[Point, list[int]] = {each: [] for each in (*QUESTIONS, *TRUST)}
    for session_id, kind, points in sessions:
        for point in points if kind in CAN_COVER else ():
            of[point].append(session_id)
    return Coverage({point: tuple(ids) for point, ids in of.items()})
