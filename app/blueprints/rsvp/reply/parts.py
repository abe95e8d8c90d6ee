"""What rooms above have for a guest on the guest's own page: this room may not import them, so they register here.

    @part("bus", _("Your ride"))
    def ride(invitation: Invitation) -> list[str]: ...

What comes back are lines to read; none leave the part out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.models import Invitation

Lines = Callable[[Invitation], list[str]]
_PARTS: dict[str, tuple[str, Any, Lines]] = {}


@dataclass(frozen=True)
class Part:
    icon: str
    label: str
    lines: list[str]


def part(icon: str, label: Any) -> Callable[[Lines], Lines]:
    """Register lines of the page under an icon."""

    def register(lines: Lines) -> Lines:
        _PARTS[lines.__qualname__] = (icon, label, lines)
        return lines

    return register


def of(invitation: Invitation) -> list[Part]:
    """Return the parts that have something for this guest."""
    found = [Part(icon, str(label), lines(invitation)) for icon, label, lines in _PARTS.values()]
    return [each for each in found if each.lines]
