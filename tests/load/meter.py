"""What one piece of work costs: the clock, and the CPU of this process and of the PostgreSQL it asks.

On a machine with other work the clock says more of the others than of us; CPU says what we did.
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import postgres

_TICK = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one piece of work."""

    clock: float
    ours: float
    database: float

    @property
    def cpu(self) -> float:
        return self.ours + self.database


def cost_of(work: Callable[[], object], *, with_postgres: bool) -> Cost:
    """Do it and return what it took. SQLite works inside this process, so its CPU is part of ours."""
    server = _server() if with_postgres else None
    database, ours, began = _spent(server), time.process_time(), time.perf_counter()
    work()
    clock, ours = time.perf_counter() - began, time.process_time() - ours
    return Cost(clock * 1000, ours * 1000, _spent(server) - database)


def at(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _server() -> int:
    return int((postgres.FOLDER / "data" / "postmaster.pid").read_text().split()[0])


def _spent(server: int | None) -> float:
    """Milliseconds of CPU of the server's processes, those that have ended (parallel workers) included."""
    if server is None:
        return 0.0
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    living = sum(_of(f"/proc/{each}/schedstat") for each in children)
    ended = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()[13:15]
    return living + sum(int(each) for each in ended) * _TICK


def _of(path: str) -> float:
    try:
        return int(Path(path).read_text().split()[0]) / 1e6
    except FileNotFoundError:  # it has ended meanwhile
        return 0.0
