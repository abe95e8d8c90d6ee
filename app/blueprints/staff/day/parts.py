"""What rooms above have for somebody on their own page: the staff room may not import them, so they register here.

    @part("materials/zones/_mine.html")
    def my_tasks(key: StaffPass) -> dict[str, Any] | None: ...

What the function returns is what its template needs beyond the page's own values; None leaves the part out.
"""

from collections.abc import Callable
from typing import Any

from app.models import StaffPass

Values = Callable[[StaffPass], dict[str, Any] | None]
_PARTS: dict[str, tuple[int, Values]] = {}


def part(template: str, *, place: int = 0) -> Callable[[Values], Values]:
    """Register a part of the page; the lower its place, the further up it stands."""

    def register(values: Values) -> Values:
        _PARTS[template] = (place, values)
        return values

    return register


def of(key: StaffPass) -> list[tuple[str, dict[str, Any]]]:
    """Return the parts that have something for this person: template and values."""
    in_order = sorted(_PARTS.items(), key=lambda each: each[1][0])
    found = [(template, values(key)) for template, (_place, values) in in_order]
    return [(template, values) for template, values in found if values is not None]
