"""Which hard rules cannot be kept, or have been broken by hand, and by whom. Nothing is ever bent in silence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.blueprints.seating.rules.facts import Foes, Party, Place, Problem, Table, Why


class Rule(StrEnum):
    """What a finding is about."""

    SEATS_SHORT = "seats_short"  # more people than chairs
    HONOUR_SHORT = "honour_short"  # more guests of honour than chairs at their tables
    PARTY_TOO_LARGE = "party_too_large"  # no table has as many chairs
    TOO_MANY_RIVALS = "too_many_rivals"  # more of one city than tables
    NO_TABLE = "no_table"  # there are chairs, none of them without a rival or side by side
    RIVALS_TOGETHER = "rivals_together"  # put together by hand
    WRONG_TABLE = "wrong_table"  # a guest of honour elsewhere, or somebody else at their table
    SPLIT = "split"  # companions at another table
    CHAIR_TWICE = "chair_twice"
    NO_SUCH_CHAIR = "no_such_chair"


@dataclass(frozen=True)
class Finding:
    """One rule that is or would be broken: whose, at which table, how many of how many, and about what."""

    rule: Rule
    parties: tuple[int, ...] = ()
    table_id: int | None = None
    number: int = 0
    of: int = 0
    about: str = ""


def impossible(problem: Problem) -> list[Finding]:
    """Return why no seating of everybody can keep all hard rules; what is found here holds before any search."""
    return [
        *_short(problem),
        *(Finding(Rule.PARTY_TOO_LARGE, (each.id,), number=each.size) for each in _too_large(problem)),
        *_crowded_cities(problem),
    ]


def _short(problem: Problem) -> Iterable[Finding]:
    people, chairs = sum(each.size for each in problem.parties), sum(each.seats for each in problem.tables)
    honoured = [each for each in problem.parties if each.is_vip]
    if people > chairs:
        yield Finding(Rule.SEATS_SHORT, number=people, of=chairs)
    if not problem.has_vip_tables:
        return
    kept = sum(each.seats for each in problem.tables if each.is_vip)
    number = sum(each.size for each in honoured)
    if number > kept:
        yield Finding(Rule.HONOUR_SHORT, tuple(each.id for each in honoured), number=number, of=kept)
    if people <= chairs and people - number > chairs - kept:
        yield Finding(Rule.SEATS_SHORT, number=people - number, of=chairs - kept)


def _too_large(problem: Problem) -> Iterable[Party]:
    """Whoever brings more companions than the largest allowed table has chairs, unless there is no table at all."""
    if problem.tables:
        for each in problem.parties:
            if not any(problem.may_sit(each, table) for table in problem.tables) and not _too_honoured(problem, each):
                yield each


def _too_honoured(problem: Problem, party: Party) -> bool:
    """No table is left for them for another reason: all are kept for guests of honour."""
    return not party.is_vip and all(table.is_vip for table in problem.tables)


def _crowded_cities(problem: Problem) -> Iterable[Finding]:
    """Everybody of a city who may not meet anybody else of it: so many tables are needed at least."""
    with_all: dict[str, Counter[int]] = defaultdict(Counter)
    for each in problem.foes:
        if each.why is Why.CITY:
            with_all[each.about].update((each.one, each.other))
    tables = sum(not table.is_vip for table in problem.tables)
    honoured = {each.id for each in problem.parties if each.is_vip}
    for city, foes in sorted(with_all.items()):
        members = {each for each in foes if each not in honoured}
        clique = [each for each in sorted(members) if foes[each] >= len(members) - 1]
        if len(clique) > tables:
            yield Finding(Rule.TOO_MANY_RIVALS, tuple(clique), number=len(clique), of=tables, about=city)


def broken(problem: Problem, places: Sequence[Place]) -> list[Finding]:
    """Return every hard rule that a seating breaks, whoever made it."""
    parties = {each.id: each for each in problem.parties}
    tables = {each.id: each for each in problem.tables}
    table_of = {each.party_id: each.table_id for each in places}
    found = [
        Finding(Rule.RIVALS_TOGETHER, (each.one, each.other), table_of[each.one], about=each.about)
        for each in problem.foes
        if each.one in table_of and table_of[each.one] == table_of.get(each.other)
    ]
    taken: set[tuple[int, int]] = set()
    for place in places:
        party, table = parties[place.party_id], tables[place.table_id]
        if problem.has_vip_tables and party.is_vip != table.is_vip:
            found.append(Finding(Rule.WRONG_TABLE, (party.id,), table.id))
        if len(place.chairs) != party.size:
            found.append(Finding(Rule.SPLIT, (party.id,), table.id))
        for chair in place.chairs:
            if (table.id, chair) in taken:
                found.append(Finding(Rule.CHAIR_TWICE, (party.id,), table.id, number=chair + 1))
            if not 0 <= chair < table.seats:
                found.append(Finding(Rule.NO_SUCH_CHAIR, (party.id,), table.id, number=chair + 1))
            taken.add((table.id, chair))
    return found


def side_by_side(place: Place, table: Table) -> bool:
    """Tell whether a party's chairs follow one another."""
    chairs = {*place.chairs}
    after = [chair for chair in chairs if (chair + 1) % table.seats not in chairs]
    return len(after) <= 1 and (table.is_ring or max(chairs) - min(chairs) == len(chairs) - 1)


def without_table(problem: Problem, places: Sequence[Place], unseated: Iterable[int]) -> list[Finding]:
    """Return for everybody without a seat how many tables with enough free chairs a rival bars."""
    foes = _foes_of(problem.foes)
    parties = {each.id: each for each in problem.parties}
    free = {table.id: table.seats for table in problem.tables}
    at: dict[int, set[int]] = defaultdict(set)
    for place in places:
        free[place.table_id] -= len(place.chairs)
        at[place.table_id].add(place.party_id)
    found = []
    for party_id in unseated:
        party = parties[party_id]
        open_ = [each for each in problem.tables if problem.may_sit(party, each) and free[each.id] >= party.size]
        barred = [each for each in open_ if at[each.id] & foes[party_id]]
        found.append(Finding(Rule.NO_TABLE, (party_id,), number=len(barred), of=len(open_)))
    return found


def _foes_of(foes: Iterable[Foes]) -> dict[int, set[int]]:
    of: dict[int, set[int]] = defaultdict(set)
    for each in foes:
        of[each.one].add(each.other)
        of[each.other].add(each.one)
    return of
