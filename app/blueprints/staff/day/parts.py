"""What rooms above have for somebody on their own page: the staff room may not import them, so they register here.

    @part("materials/zones/_mine.html")
    def my_tasks(key: StaffPass) -> dict[str, Any] | None: ...

What the function returns is what its template needs beyond the page's own values; None leaves the part out.
"""

from collections.abc import Callable
from typing import Any

from app.models import StaffPass

Values = Callable[[StaffPass], dict[str, Any] | None]
_PARTS: dict[str, Values] = {}


def part(template: str) -> Callable[[Values], Values]:
    """Register a part of the page."""

    def register(values: Values) -> Values:
        _PARTS[template] = values
        return values

    return register


def of(key: StaffPass) -> list[tuple[str, dict[str, Any]]]:
    """Return the parts that have something for this person: template and values."""
    found = [(template, values(key)) for template, values in _PARTS.items()]
    return [(template, values) for template, values in found if values is not None]
