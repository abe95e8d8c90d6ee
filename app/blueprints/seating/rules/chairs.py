"""Who sits beside whom: the next to the left and right, past one's own companions and one empty chair at most."""

from collections.abc import Iterator, Sequence

EMPTY = -1
_MOST_EMPTY = 1  # people do not talk across more empty chairs


def pairs(chairs: Sequence[int], *, is_ring: bool) -> Iterator[tuple[int, int]]:
    """Yield every two parties that sit beside each other. `chairs` names a party or EMPTY for each chair in order."""
    first = last = EMPTY
    leading = empty = 0
    for party in chairs:
        if party == EMPTY:
            empty += 1
            continue
        if last == EMPTY:
            first, leading = party, empty
        elif party != last and empty <= _MOST_EMPTY:
            yield last, party
        last, empty = party, 0
    if is_ring and first not in (EMPTY, last) and leading + empty <= _MOST_EMPTY:
        yield last, first


def neighbours(chairs: Sequence[int], *, is_ring: bool) -> dict[int, list[int]]:
    """Return each party's neighbours at a table."""
    beside: dict[int, list[int]] = {party: [] for party in chairs if party != EMPTY}
    for one, other in pairs(chairs, is_ring=is_ring):
        for each, its in ((one, other), (other, one)):
            if its not in beside[each]:
                beside[each].append(its)
    return beside
