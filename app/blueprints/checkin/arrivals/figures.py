"""The live figures as desk and arrivals page show them."""

from typing import Any

from app.blueprints.checkin.arrivals import queries
from app.models import Event
from app.web.locale import at, number
from app.web.words import word

_SLOTS_SHOWN = 36  # three hours: a conference whose door is open longer has its first hours behind it


def live(event: Event, *, recent: int = 6) -> dict[str, Any]:
    """Return what the live parts of a page are drawn from."""
    counters = queries.counters(event)
    return {
        "counters": counters,
        "kinds": [_bar(each, *pair) for each, pair in counters.by_kind.items()],
        "readiness": [_bar(each, *pair) for each, pair in counters.by_readiness.items() if pair[1]],
        "slots": [
            {"label": at(began, event.time_zone), "value": count}
            for began, count in queries.arrivals_per_slot(event)[-_SLOTS_SHOWN:]
        ],
        "recent": queries.latest_scans(event, recent),
    }


def _bar(kind: Any, is_in: int, expected: int) -> dict[str, Any]:
    said = word(kind)
    return {
        "label": said.text,
        "value": round(is_in / expected * 100, 1) if expected else 0,
        "tone": said.tone,
        "icon": said.icon,
        "text": f"{number(is_in)} / {number(expected)}",
    }
