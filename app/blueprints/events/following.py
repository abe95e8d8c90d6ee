"""What the rooms above take along when an event is copied or moved.

Copying and moving happen here, below staff and materials, so those register what they bring:

    following.on_copy(copy_plan)      # (source, copy, with_people)
    following.on_move(move_days)      # (event, move)
"""

from collections.abc import Callable

from app.blueprints.events.rules.dates import Move
from app.models import Event

OnCopy = Callable[[Event, Event, bool], None]
OnMove = Callable[[Event, Move], None]
_ON_COPY: dict[str, OnCopy] = {}
_ON_MOVE: dict[str, OnMove] = {}


def on_copy(key: str, take: OnCopy) -> None:
    """Let a room bring along what is its own when an event is copied; `with_people` asks for its people too."""
    _ON_COPY[key] = take


def on_move(key: str, take: OnMove) -> None:
    """Let a room move its own dates when an event moves and its dates are to come along."""
    _ON_MOVE[key] = take


def copied(source: Event, event: Event, *, with_people: bool) -> None:
    """Let every room bring along what is its own, lowest first."""
    for key in sorted(_ON_COPY):
        _ON_COPY[key](source, event, with_people)


def moved(event: Event, move: Move) -> None:
    """Let every room move its own dates."""
    for key in sorted(_ON_MOVE):
        _ON_MOVE[key](event, move)
