"""What stands on a printed thing: text with {names} that the event fills in."""

import re
from collections.abc import Mapping

NAMES = ("theme", "organizer", "co_organizer", "event", "day", "place")
_PLACE = re.compile(r"\{([^{}]*)\}")


def unknown_names(text: str) -> list[str]:
    """Return the names in braces that no event can fill in."""
    return list(dict.fromkeys(name for name in _PLACE.findall(text) if name not in NAMES))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its names filled in; lines that held nothing but empty names are left out."""
    lines = []
    for line in text.splitlines():
        done = _PLACE.sub(lambda match: values.get(match[1], match[0]), line)
        if done.strip() or not _PLACE.search(line):
            lines.append(done.rstrip())
    return "\n".join(lines).strip()


def unfilled(text: str, values: Mapping[str, str]) -> list[str]:
    """Return the names of the text that the event has nothing for yet."""
    return list(dict.fromkeys(name for name in _PLACE.findall(text) if name in NAMES and not values.get(name)))
