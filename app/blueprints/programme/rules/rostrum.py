"""Who sits where on the rostrum, by rank."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def seated(ranked: Sequence[T]) -> list[T]:
    """Return people given by rank as they are seen from the hall, from left to right.

    The first sits in the middle, the second at the first's left hand (which the hall sees on the right), the third at
    the right hand, and so on outwards. With an even number the first two share the middle.
    """
    left_hand, right_hand = list(ranked[1::2]), list(ranked[2::2])
    return [*reversed(right_hand), *ranked[:1], *left_hand]
