"""What the board says of an offer, from what is held and signed."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.blueprints.territories.rules.overlap import Claim, clash
from app.models import OfferState


@dataclass(frozen=True)
class Taken:
    """A promise that counts, and whether it is signed."""

    claim: Claim
    is_signed: bool


def covers(one: Claim, other: Claim) -> bool:
    """Tell whether every place and channel of the other lies in the first."""
    return (one.channel_id is None or one.channel_id == other.channel_id) and all(
        any(path.startswith(above) for above in one.paths) for path in other.paths
    )


def state_of(offer: Claim, taken: Iterable[Taken]) -> OfferState:
    """Return how an offer stands: free while nothing clashes, partly taken when only a part of it is gone."""
    against = [each for each in taken if clash(offer, each.claim)]
    if not against:
        return OfferState.FREE
    whole = [each for each in against if covers(each.claim, offer)]
    if not whole:
        return OfferState.PARTLY
    return OfferState.SIGNED if any(each.is_signed for each in whole) else OfferState.HELD
