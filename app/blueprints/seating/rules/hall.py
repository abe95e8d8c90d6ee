"""A seating that is being worked out: chairs, who may sit where, and what a change would cost. Parties are numbered.

Parties without a seat wait in one further table, the foyer, where nobody is anybody's foe and every person costs far
more than any wish. So the search has one kind of move only: exchanging two stretches of chairs. A stretch never cuts a
party in two and never holds anybody fixed, hence companions stay side by side and locked seats untouched throughout.
"""

from collections.abc import Sequence

from app.blueprints.seating.rules.chairs import EMPTY, pairs
from app.blueprints.seating.rules.facts import Problem, Wish
from app.blueprints.seating.rules.reach import metres_beyond
from app.models import GuestKind

UNSEATED = 100_000  # a person without a seat
_MISSING = 100  # a wavering dealer without the neighbour wished for, times the weight
_METRE = 4
_SAME_KIND = 20
_EFFORT = 2
_WAVERING, _READY, _CONTENT = 1, 2, 4
_BOTH = _READY | _CONTENT


class Hall:
    """Chairs and who sits on them. Tables come by their place in the problem, the last one is the foyer."""

    def __init__(self, problem: Problem) -> None:
        parties, tables = problem.parties, problem.tables
        number = {party.id: n for n, party in enumerate(parties)}
        self.size = [party.size for party in parties]
        self.role = [
            _WAVERING * party.is_wavering | _READY * party.is_ready | _CONTENT * party.is_content for party in parties
        ]
        self.kind = [None if party.kind is GuestKind.DEALER else party.kind for party in parties]
        self.effort = [party.effort for party in parties]
        self.may = [
            frozenset(n for n, table in enumerate(tables) if problem.may_sit(party, table)) for party in parties
        ]
        self.foes = [0] * len(parties)
        for each in problem.foes:
            if each.one in number and each.other in number:
                one, other = number[each.one], number[each.other]
                self.foes[one] |= 1 << other
                self.foes[other] |= 1 << one
        self.foyer = len(tables)
        self.ring = [table.is_ring for table in tables] + [False]
        self.chairs: list[list[int]] = [[EMPTY] * table.seats for table in tables]
        self.host = [table.host_id if table.host_id is not None else -1 - n for n, table in enumerate(tables)]
        self._weigh(problem)
        far = metres_beyond(problem)
        self.far = [
            [far.get((party.rep_id, table.id), 0) * self._metre if party.rep_id else 0 for table in tables]
            for party in parties
        ]
        self._fill(problem, number)
        self.cost = [self._cost_of(t) for t in range(len(self.chairs))]

    def _fill(self, problem: Problem, number: dict[int, int]) -> None:
        """Seat whoever is fixed; everybody else waits in the foyer."""
        place = {table.id: n for n, table in enumerate(problem.tables)}
        self.fixed = [False] * len(problem.parties)
        self.table_of = [self.foyer] * len(problem.parties)
        for taken in problem.fixed:
            n, t = number[taken.party_id], place[taken.table_id]
            self.fixed[n], self.table_of[n] = True, t
            for chair in taken.chairs:
                self.chairs[t][chair] = n
        self.mask = [sum(1 << n for n in {*row} - {EMPTY}) for row in self.chairs] + [0]
        waiting = [n for n in range(len(problem.parties)) if not self.fixed[n]]
        self.chairs.append([n for n in waiting for _ in range(self.size[n])])
        self.load = dict.fromkeys(self.host, 0)
        for n, t in enumerate(self.table_of):
            if t != self.foyer:
                self.load[self.host[t]] += self.effort[n]

    def _weigh(self, problem: Problem) -> None:
        weights = {wish: problem.weights.get(wish, 0) for wish in Wish}
        ready, content = weights[Wish.READY_BESIDE] * _MISSING, weights[Wish.CONTENT_BESIDE] * _MISSING
        # What a wavering dealer lacks, by who of those wished for sits beside.
        self._lacking = [ready * (not got & _READY) + content * (not got & _CONTENT) for got in range(8)]
        self._metre = weights[Wish.REP_NEAR] * _METRE
        self._same_kind = weights[Wish.KINDS_MIXED] * _SAME_KIND
        self._effort = weights[Wish.LOAD_EVEN] * _EFFORT

    def _cost_of(self, t: int) -> int:
        row = self.chairs[t]
        if t == self.foyer:
            return UNSEATED * (len(row) - row.count(EMPTY))
        role, cost = self.role, 0
        seated = {*row} - {EMPTY}
        got = dict.fromkeys((n for n in seated if role[n] & _WAVERING), 0)
        if got:
            for one, other in pairs(row, is_ring=self.ring[t]):
                if one in got:
                    got[one] |= role[other]
                if other in got:
                    got[other] |= role[one]
            cost += sum(self._lacking[each] for each in got.values())
        kinds: dict[GuestKind, int] = {}
        for n in seated:
            cost += self.far[n][t]
            kind = self.kind[n]
            if kind is not None:
                cost += self._same_kind * kinds.get(kind, 0)
                kinds[kind] = kinds.get(kind, 0) + 1
        return cost

    def total(self) -> int:
        """Return what the whole seating costs."""
        return sum(self.cost) + self._effort * sum(load * load for load in self.load.values())

    def stretch(self, t: int, start: int, length: int) -> list[int] | None:
        """Return the numbers of so many chairs from `start` on, None where somebody fixed or half a party sits there.

        Round a ring a stretch may go past the last chair.
        """
        row = self.chairs[t]
        seats = len(row)
        if length > seats or (start + length > seats and not self.ring[t]):
            return None
        numbers = [(start + n) % seats for n in range(length)]
        held = [row[n] for n in numbers]
        if length == seats and held[0] == held[-1] != EMPTY and {*held} != {held[0]}:
            return None  # once round the ring, beginning in the middle of a party
        for n in {*held}:
            if n != EMPTY and (self.fixed[n] or held.count(n) != self.size[n]):
                return None
        return numbers

    def of_party(self, n: int) -> list[int] | None:
        """Return a movable party's chairs in the order of the row or ring."""
        t = self.table_of[n]
        row = self.chairs[t]
        start = row.index(n)
        if start == 0 and self.ring[t] and self.size[n] < len(row):  # it may sit across the end of the ring
            while row[start - 1] == n:
                start -= 1
        return self.stretch(t, start % len(row), self.size[n])

    def may_exchange(self, t: int, ours: Sequence[int], u: int, theirs: Sequence[int]) -> bool:
        """Tell whether no hard rule is broken when these chairs change their people."""
        if t == u:
            return not {*ours} & {*theirs}
        here, there = self.chairs[t], self.chairs[u]
        going = {here[n] for n in ours} - {EMPTY}
        coming = {there[n] for n in theirs} - {EMPTY}
        return self._fit(going, u, coming) and self._fit(coming, t, going)

    def _fit(self, arriving: set[int], t: int, leaving: set[int]) -> bool:
        if t == self.foyer:
            return True
        staying = self.mask[t]
        for n in leaving:
            staying &= ~(1 << n)
        return all(t in self.may[n] and not self.foes[n] & staying for n in arriving) and not any(
            self.foes[n] >> other & 1 for n in arriving for other in arriving
        )

    def exchange(self, t: int, ours: Sequence[int], u: int, theirs: Sequence[int]) -> int:
        """Let the people on these chairs change places; return by how much the cost changes. Done twice is undone."""
        here, there = self.chairs[t], self.chairs[u]
        before = self.cost[t] + (self.cost[u] if u != t else 0)
        for our, their in zip(ours, theirs, strict=True):
            here[our], there[their] = there[their], here[our]
        loads = 0
        if t != u:
            loads = self._moved({there[n] for n in theirs} - {EMPTY}, t, u)
            loads += self._moved({here[n] for n in ours} - {EMPTY}, u, t)
        self.cost[t] = self._cost_of(t)
        if u != t:
            self.cost[u] = self._cost_of(u)
        return self.cost[t] + (self.cost[u] if u != t else 0) - before + loads

    def _moved(self, those: set[int], t: int, u: int) -> int:
        """Write down that parties went from one table to the other; return what the hosts' loads cost more."""
        effort = 0
        for n in those:
            self.table_of[n] = u
            self.mask[t] &= ~(1 << n)
            self.mask[u] |= 1 << n
            effort += self.effort[n]
        return self._shift(t, -effort) + self._shift(u, effort) if effort else 0

    def _shift(self, t: int, effort: int) -> int:
        if t == self.foyer:
            return 0
        host = self.host[t]
        before = self.load[host]
        self.load[host] = before + effort
        return self._effort * ((before + effort) ** 2 - before**2)
