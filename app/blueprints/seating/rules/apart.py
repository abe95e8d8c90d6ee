"""Who may not share a table: candidates for the same territory, dealers of one city, and whoever it was said of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.blueprints.seating.rules.facts import Foes, Why
from app.blueprints.territories.rules.overlap import Claim, clash


@dataclass(frozen=True)
class Candidate:
    """A dealer as this rule sees it. People of one company are no rivals; `firm` is the company's key."""

    party_id: int
    firm: str
    city: str = ""
    claims: tuple[tuple[Claim, str], ...] = ()  # what the dealer holds, waits for or is drafted for, and its name


def foes(
    candidates: Sequence[Candidate],
    *,
    cities_apart: bool,
    asked: Iterable[tuple[int, int]] = (),
    may_meet: Collection[tuple[int, int]] = (),
) -> list[Foes]:
    """Return everybody to be kept apart, each pair once, by the gravest reason. Pairs have the lower id first."""
    found: dict[tuple[int, int], Foes] = {}
    if cities_apart:
        for city, living_there in _by_city(candidates).items():
            for pair in _rivals(living_there):
                found[pair] = Foes(*pair, Why.CITY, city)
    for pair, about in _same_territory(candidates).items():
        found[pair] = Foes(*pair, Why.TERRITORY, about)
    for pair in may_meet:
        found.pop(pair, None)
    for pair in asked:
        found[pair] = Foes(*pair, Why.ASKED)
    return [found[pair] for pair in sorted(found)]


def _by_city(candidates: Iterable[Candidate]) -> Mapping[str, list[Candidate]]:
    cities: dict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        if each.city:
            cities[each.city].append(each)
    return cities


def _rivals(candidates: Iterable[Candidate]) -> Iterable[tuple[int, int]]:
    for one, other in combinations(sorted(candidates, key=lambda each: each.party_id), 2):
        if one.firm != other.firm:
            yield one.party_id, other.party_id


def _same_territory(candidates: Iterable[Candidate]) -> dict[tuple[int, int], str]:
    """Two promises clash only within one product line and one province, so only those are compared."""
    groups: dict[tuple[int, str], list[tuple[Candidate, Claim, str]]] = defaultdict(list)
    everywhere: dict[int, list[tuple[Candidate, Claim, str]]] = defaultdict(list)
    for each in candidates:
        for claim, about in each.claims:
            provinces = {_province(path) for path in claim.paths}
            if "" in provinces:
                everywhere[claim.line_id].append((each, claim, about))
            for province in provinces - {""}:
                groups[claim.line_id, province].append((each, claim, about))
    clashes: dict[tuple[int, int], str] = {}
    for (line_id, _), members in groups.items():
        _compare(members + everywhere.get(line_id, []), clashes)
    for members in everywhere.values():
        _compare(members, clashes)
    return clashes


def _compare(members: Sequence[tuple[Candidate, Claim, str]], clashes: dict[tuple[int, int], str]) -> None:
    for (one, claim, about), (other, others_claim, _) in combinations(members, 2):
        if one.firm != other.firm and one.party_id != other.party_id and clash(claim, others_claim):
            clashes.setdefault((min(one.party_id, other.party_id), max(one.party_id, other.party_id)), about)


def _province(path: str) -> str:
    """Return the beginning of a path down to the province; "" for what reaches beyond one."""
    codes = path.strip("/").split("/")
    return codes[1] if len(codes) > 1 else ""
