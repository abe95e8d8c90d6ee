"""What rooms above know of a dealer, for the dealer's file, which stands lower and may not import them.

    @dealer_bands.source(Permission.VIEW_RECEIVABLES)
    def credit(dealer: Dealer) -> Band | None: ...

A source asks a fixed number of queries, and answers with nothing where there is nothing to say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_login import current_user

from app.access import Permission
from app.models import Dealer


@dataclass(frozen=True)
class Band:
    """One box of the file: a state, facts as the macro `facts` draws them, notes, and where more is to be read."""

    title: str
    state: StrEnum
    facts: Sequence[tuple[str, Any]]
    notes: Sequence[str]
    url: str
    label: str


Source = Callable[[Dealer], Band | None]
_SOURCES: list[tuple[tuple[Permission, ...], Source]] = []


def source(*permissions: Permission) -> Callable[[Source], Source]:
    """Register a room's function, for whoever holds one of the permissions."""

    def register(found: Source) -> Source:
        _SOURCES.append((permissions, found))
        return found

    return register


def of_dealer(dealer: Dealer) -> list[Band]:
    """Return the bands the signed-in person may see."""
    seen = [each for permissions, each in _SOURCES if any(current_user.can(one) for one in permissions)]
    return [band for each in seen if (band := each(dealer)) is not None]
