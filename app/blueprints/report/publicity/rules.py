"""Filling facts into a piece, and finding names in braces that are no facts."""

import re
from collections.abc import Collection, Mapping

_FACT = re.compile(r"\{([^{}\n]*)\}")


def unknown(text: str, known: Collection[str]) -> list[str]:
    """Return what stands in braces and is no fact, in order, each once."""
    return list(dict.fromkeys(name for name in _FACT.findall(text) if name not in known))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return the piece with its facts. A line whose only content was an empty fact goes away with it."""
    lines = []
    for line in text.splitlines():
        made = _FACT.sub(lambda found: facts.get(found[1], found[0]), line)
        if made.strip() or not line.strip():
            lines.append(made.rstrip())
    return "\n".join(lines)
