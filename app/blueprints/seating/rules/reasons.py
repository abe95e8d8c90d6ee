"""Why somebody sits where they sit, from the seating as it stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.blueprints.seating.rules.chairs import EMPTY, neighbours
from app.blueprints.seating.rules.facts import Foes, Party, Place, Problem, Table, Why
from app.blueprints.seating.rules.reach import homes_of, metres_beyond
from app.models import GuestKind


class Because(StrEnum):
    """A reason for a seat, or a wish that it leaves open."""

    LOCKED = "locked"
    BY_HAND = "by_hand"
    HONOUR = "honour"  # a table for guests of honour
    WITH_COMPANIONS = "with_companions"
    BESIDE_READY = "beside_ready"  # wavering, beside somebody who is ready
    BESIDE_CONTENT = "beside_content"
    PULLS = "pulls"  # ready or content, beside somebody wavering
    APART_TERRITORY = "apart_territory"
    APART_CITY = "apart_city"
    APART_ASKED = "apart_asked"
    HOSTED = "hosted"  # the rep looks after the table
    REP_NEAR = "rep_near"
    ONLY_KIND = "only_kind"  # the only expert, journalist or official at the table
    FREE_CHAIR = "free_chair"  # nothing spoke for another one
    NO_READY = "no_ready"  # open: wavering without such a neighbour
    NO_CONTENT = "no_content"
    REP_FAR = "rep_far"


OPEN = frozenset({Because.NO_READY, Because.NO_CONTENT, Because.REP_FAR})
_APART = {
    Why.TERRITORY: Because.APART_TERRITORY,
    Why.CITY: Because.APART_CITY,
    Why.ASKED: Because.APART_ASKED,
}


@dataclass(frozen=True)
class Reason:
    """One reason: whom it speaks of, about which territory or city, how many, or how many metres."""

    why: Because
    parties: tuple[int, ...] = ()
    about: str = ""
    number: int = 0

    @property
    def is_open(self) -> bool:
        return self.why in OPEN


@dataclass(frozen=True)
class Shown:
    """A seating with what its reasons need."""

    beside: Mapping[int, Sequence[int]]  # a party's neighbours
    why: Mapping[int, Sequence[Reason]]


def explain(problem: Problem, places: Sequence[Place], *, locked: frozenset[int], by_hand: frozenset[int]) -> Shown:
    """Return for every seated party why it sits there, what matters most first."""
    parties = {each.id: each for each in problem.parties}
    tables = {each.id: each for each in problem.tables}
    table_of = {each.party_id: tables[each.table_id] for each in places}
    beside = _beside(problem.tables, places)
    foes: dict[int, list[Foes]] = defaultdict(list)
    for each in problem.foes:
        if each.one in table_of and each.other in table_of:
            foes[each.one].append(each)
            foes[each.other].append(each)
    far = metres_beyond(problem)
    homes = homes_of(problem.parties, problem.tables)
    kinds: dict[tuple[int, GuestKind], int] = defaultdict(int)
    for party_id, table in table_of.items():
        kinds[table.id, parties[party_id].kind] += 1
    why = {}
    for party_id, table in table_of.items():
        party = parties[party_id]
        reasons = [
            *_decided(party, table, locked, by_hand),
            *_helped(party, [parties[each] for each in beside.get(party_id, ())], problem),
            *_kept_apart(party_id, table, foes[party_id], table_of),
            *_near(party, table, far, homes),
        ]
        if party.kind is not GuestKind.DEALER and kinds[table.id, party.kind] == 1 and not table.is_vip:
            reasons.append(Reason(Because.ONLY_KIND))
        if all(each.is_open for each in reasons):
            reasons.append(Reason(Because.FREE_CHAIR))
        why[party_id] = sorted(reasons, key=lambda each: each.is_open)
    return Shown(beside, why)


def _beside(tables: Sequence[Table], places: Sequence[Place]) -> dict[int, list[int]]:
    rows = {each.id: [EMPTY] * each.seats for each in tables}
    for place in places:
        for chair in place.chairs:
            if chair < len(rows[place.table_id]):
                rows[place.table_id][chair] = place.party_id
    found: dict[int, list[int]] = {}
    for table in tables:
        found |= neighbours(rows[table.id], is_ring=table.is_ring)
    return found


def _decided(party: Party, table: Table, locked: frozenset[int], by_hand: frozenset[int]) -> list[Reason]:
    found = []
    if party.id in by_hand:
        found.append(Reason(Because.BY_HAND))
    if party.id in locked:
        found.append(Reason(Because.LOCKED))
    if party.is_vip and table.is_vip:
        found.append(Reason(Because.HONOUR))
    if party.size > 1:
        found.append(Reason(Because.WITH_COMPANIONS, number=party.size - 1))
    return found


def _helped(party: Party, beside: Sequence[Party], problem: Problem) -> list[Reason]:
    ready = tuple(each.id for each in beside if each.is_ready)
    content = tuple(each.id for each in beside if each.is_content)
    if party.is_wavering:
        return [
            Reason(Because.BESIDE_READY, ready) if ready else Reason(Because.NO_READY),
            Reason(Because.BESIDE_CONTENT, content) if content else Reason(Because.NO_CONTENT),
        ]
    wavering = tuple(each.id for each in beside if each.is_wavering)
    return [Reason(Because.PULLS, wavering)] if wavering and (party.is_ready or party.is_content) else []


def _kept_apart(party_id: int, table: Table, foes: Sequence[Foes], table_of: Mapping[int, Table]) -> list[Reason]:
    """One reason for each cause: with several cities or territories the first is named."""
    found: dict[Because, Reason] = {}
    for each in foes:
        other = each.other if each.one == party_id else each.one
        if table_of[other].id == table.id:
            continue
        why = _APART[each.why]
        known = found.get(why)
        found[why] = Reason(why, (*known.parties, other) if known else (other,), known.about if known else each.about)
    return [Reason(each.why, each.parties, each.about, len(each.parties)) for each in found.values()]


def _near(
    party: Party, table: Table, far: Mapping[tuple[int, int], int], homes: Mapping[int, Sequence[Table]]
) -> list[Reason]:
    if party.rep_id is None or party.is_vip or party.rep_id not in homes:
        return []
    if table.host_id == party.rep_id:
        return [Reason(Because.HOSTED)]
    beyond = far.get((party.rep_id, table.id), 0)
    return [Reason(Because.REP_FAR, number=beyond)] if beyond else [Reason(Because.REP_NEAR)]
