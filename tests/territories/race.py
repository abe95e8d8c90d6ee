"""Processes that sign overlapping territories at the same instant, round after round.

A round has a day of its own: its holds are for that day only, so a thousand rounds lie in one table of one product
line and never meet. The time of all holds has run out, so what decides is who signs first. The processes live through
all rounds and start each one together at a barrier.
"""

import multiprocessing
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app import clock, create_app
from app.blueprints.territories import actions
from app.blueprints.territories.rules.taken import TerritoryTaken
from app.extensions import db
from app.models import (
    Dealer,
    ProductLine,
    Region,
    RegionLevel,
    RegionMember,
    SalesChannel,
    TerritoryGrant,
    TerritoryState,
)

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])
_FIRST_DAY = date(2027, 1, 1)

Plan = Sequence[Sequence[int]]  # for each round the grants that one process signs, in its order


@dataclass
class Outcome:
    """What came of a round: how many signed, and what went wrong otherwise."""

    winners: int = 0
    faults: list[str] = field(default_factory=list)


def _run(settings: Mapping[str, str], plan: Plan, barrier: Any, results: Any, place: int) -> None:
    app = create_app(settings, TESTING=True)
    said = []
    with app.app_context():
        for ids in plan:
            barrier.wait(60)
            said.append(_sign(ids))
            barrier.wait(60)
    results.put((place, said))


def _sign(ids: Sequence[int]) -> str:
    try:
        actions.sign([db.session.get_one(TerritoryGrant, each) for each in ids], clock.now())
        db.session.commit()
    except TerritoryTaken:
        db.session.rollback()
        return "taken"
    except Exception as error:  # noqa: BLE001 - the test looks at it
        db.session.rollback()
        return repr(error)
    finally:
        db.session.remove()
    return "signed"


def race(settings: Mapping[str, str], plans: Sequence[Plan]) -> list[Outcome]:
    """Let one process per plan run through all rounds, and return what came of each."""
    barrier, results = _CONTEXT.Barrier(len(plans)), _CONTEXT.Queue()
    processes = [
        _CONTEXT.Process(target=_run, args=(dict(settings), plan, barrier, results, place), daemon=True)
        for place, plan in enumerate(plans)
    ]
    for process in processes:
        process.start()
    said = [results.get(timeout=300)[1] for _ in processes]
    for process in processes:
        process.join(30)
    outcomes = []
    for words in zip(*said, strict=True):
        counted = Counter(words)
        faults = [word for word in words if word not in {"signed", "taken"}]
        outcomes.append(Outcome(counted["signed"], faults))
    return outcomes


class Country:
    """Regions, two lines, two channels and a dealer for each process."""

    def __init__(self, processes: int) -> None:
        self.tree = {"CN": self._region("CN", None, RegionLevel.COUNTRY)}
        for code, above, level in (
            ("44", "CN", RegionLevel.PROVINCE),
            ("4401", "44", RegionLevel.CITY),
            ("440106", "4401", RegionLevel.COUNTY),
            ("4403", "44", RegionLevel.CITY),
        ):
            self.tree[code] = self._region(code, self.tree[above], level)
        self.group = Region(code="G", name="G", level=RegionLevel.GROUP, path="/G/")
        db.session.add(self.group)
        db.session.flush()
        db.session.add_all(
            RegionMember(group_id=self.group.id, region_id=self.tree[code].id) for code in ("4403", "440106")
        )
        self.lines = [ProductLine(key=f"line-{n}", name=f"line {n}") for n in (1, 2)]
        self.channels = [SalesChannel(key=f"channel-{n}", name=f"channel {n}") for n in (1, 2)]
        self.dealers = [
            Dealer(company=f"D{n}", company_key=f"D{n}", contact=f"C{n}", created_at=clock.now())
            for n in range(processes)
        ]
        db.session.add_all([*self.lines, *self.channels, *self.dealers])
        db.session.flush()

    def _region(self, code: str, above: Region | None, level: RegionLevel) -> Region:
        path = f"{above.path if above else '/'}{code}/"
        region = Region(code=code, name=code, level=level, path=path, parent_id=above.id if above else None)
        db.session.add(region)
        db.session.flush()
        return region

    def held(self, round_: int, place: int, region: Region, line: int = 0, channel: int | None = None) -> int:
        """A hold of one process's dealer for the day of a round; its time has run out."""
        day = _FIRST_DAY + timedelta(days=round_)
        grant = TerritoryGrant(
            dealer_id=self.dealers[place].id,
            region_id=region.id,
            line_id=self.lines[line].id,
            channel_id=None if channel is None else self.channels[channel].id,
            starts_on=day,
            ends_on=day,
            state=TerritoryState.HELD,
            held_until=clock.now() - timedelta(hours=1),
        )
        db.session.add(grant)
        db.session.flush()
        return grant.id


def pairs(country: Country, rounds: int) -> list[Plan]:
    """Two processes: a province against its city, a group against what lies in it, all channels against one."""
    tree, group = country.tree, country.group
    kinds = (
        ((tree["44"], None), (tree["4401"], None)),
        ((group, None), (tree["4403"], None)),
        ((tree["4401"], None), (group, None)),
        ((tree["CN"], None), (tree["440106"], 1)),
        ((tree["4401"], None), (tree["4401"], 0)),
        ((tree["44"], 1), (tree["440106"], 1)),
    )
    plans: list[list[list[int]]] = [[], []]
    for n in range(rounds):
        for place, (region, channel) in enumerate(kinds[n % len(kinds)]):
            plans[place].append([country.held(n, place, region, channel=channel)])
    return list(plans)


def fours(country: Country, rounds: int) -> list[Plan]:
    """Four processes, each with a contract for two lines, half of them in the opposite order."""
    chain = [country.tree[code] for code in ("CN", "44", "4401", "440106")]
    plans: list[list[list[int]]] = [[] for _ in chain]
    for n in range(rounds):
        for place, region in enumerate(chain):
            ids = [country.held(n, place, region, line) for line in (0, 1)]
            plans[place].append(ids if place % 2 else ids[::-1])
    return list(plans)


def settings(home: Path, url: str) -> dict[str, str]:
    """Return the settings of the racing processes."""
    return {
        "SIGNING_DAY_HOME": str(home),
        "DATABASE_URL": url,
        "SECRET_KEY": "only for tests",
        "LOG_LEVEL": "ERROR",
        "PUBLIC_URL": "http://localhost",
    }
