"""Which close-out items come from the roles somebody held. Values in, verdict out."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from app.models import CloseoutKind, StaffRole

LONGEST = 200


@dataclass(frozen=True)
class Line:
    """One line of a role's close-out template."""

    kind: CloseoutKind
    text: str

    @property
    def key(self) -> str:
        """Name the line by its words: two roles of one person that share it make one item."""
        return hashlib.sha256(f"{self.kind.value}:{self.text}".encode()).hexdigest()[:24]


def given_key(key: str, person_id: int) -> str:
    """Return the key of an item that was somebody else's: it stays theirs, so that their list is not made again."""
    return key if "@" in key else f"{key}@{person_id}"


def lines_of(roles: Iterable[StaffRole]) -> list[Line]:
    """Return what the holder of these roles has to do, each once: first settle, then give back, then hand over."""
    found: dict[str, Line] = {}
    for kind, column in (
        (CloseoutKind.SETTLE, "settles"),
        (CloseoutKind.RETURN, "returns"),
        (CloseoutKind.HAND_OVER, "hands_over"),
    ):
        for role in roles:
            for text in (getattr(role, column) or "").splitlines():
                if text.strip():
                    line = Line(kind, text.strip()[:LONGEST])
                    found.setdefault(line.key, line)
    return list(found.values())


@dataclass(frozen=True)
class Progress:
    """How far somebody, or everybody, is."""

    done: int = 0
    waived: int = 0
    open: int = 0

    @property
    def settled(self) -> int:
        return self.done + self.waived

    @property
    def all(self) -> int:
        return self.settled + self.open
