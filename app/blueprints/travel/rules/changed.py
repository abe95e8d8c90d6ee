"""What has changed since a sheet was handed out. A sheet is lines by key, each line the text of its cells."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Lines = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Changes:
    """The difference of two sheets."""

    added: frozenset[str] = frozenset()
    removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # with what stood there
    cells: Mapping[str, frozenset[int]] = field(default_factory=dict)  # line -> its cells that read differently

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.cells)

    @property
    def count(self) -> int:
        """How many lines are to be looked at."""
        return len(self.added) + len(self.removed) + len(self.cells)

    def is_new(self, key: str) -> bool:
        return key in self.added

    def is_changed(self, key: str, cell: int) -> bool:
        return cell in self.cells.get(key, ())


def fingerprint(lines: Lines) -> str:
    """Return the SHA-256 of what stands on a sheet, whatever the order of its lines."""
    plain = {key: list(cells) for key, cells in lines.items()}
    written = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def since(before: Lines, now: Lines) -> Changes:
    """Return what differs. A line with more or fewer cells than before differs in those, too."""
    cells = {key: _differing(before[key], now[key]) for key in now if key in before}
    return Changes(
        added=frozenset(key for key in now if key not in before),
        removed={key: tuple(before[key]) for key in before if key not in now},
        cells={key: places for key, places in cells.items() if places},
    )


def _differing(before: Sequence[str], now: Sequence[str]) -> frozenset[int]:
    most = max(len(before), len(now))
    old = [*before, *[None] * (most - len(before))]
    new = [*now, *[None] * (most - len(now))]
    return frozenset(place for place in range(most) if old[place] != new[place])
