"""Figures that rooms above have of an event, for the overview, which stands lower and may not import them.

    @room_figures.source(_("Contracts"), Permission.VIEW_CONTRACTS)
    def stats(event: Event) -> Sequence[dict[str, Any]]: ...

A source answers with figures as the macro `stat` draws them, or with none when there is nothing to show yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_login import current_user

from app.access import Permission
from app.models import Event

Stats = Callable[[Event], Sequence[dict[str, Any]]]


@dataclass(frozen=True)
class Band:
    """The figures of one room."""

    title: LazyString
    stats: Sequence[dict[str, Any]]


_SOURCES: list[tuple[LazyString, Permission, Stats]] = []


def source(title: LazyString, permission: Permission) -> Callable[[Stats], Stats]:
    """Register a room's function; it may ask a fixed number of queries."""

    def register(stats: Stats) -> Stats:
        _SOURCES.append((title, permission, stats))
        return stats

    return register


def of_event(event: Event) -> list[Band]:
    """Return the bands of figures that the signed-in person may see."""
    bands = [Band(title, stats(event)) for title, permission, stats in _SOURCES if current_user.can(permission)]
    return [band for band in bands if band.stats]
