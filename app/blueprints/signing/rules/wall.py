"""Who is shown on the signing wall, and how much of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Light(StrEnum):
    """How an entry stands, as the person at the wall's controls reads it."""

    UP = "up"
    WAITS = "waits"  # to be let up
    NO_DEPOSIT = "no_deposit"  # the wall shows nobody before the deposit has come
    NOT_COUNTERSIGNED = "not_countersigned"
    NO_CONSENT = "no_consent"  # the dealer did not agree to be named
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True)
class Facts:
    """What is known of an entry and its wall."""

    is_consented: bool
    is_countersigned: bool
    released_at: datetime | None
    withdrawn_at: datetime | None
    deposit_seen_at: datetime | None
    after_deposit: bool
    releases_itself: bool


# Lower ends of the bands of a sum, in the contract's currency.
BANDS = (Decimal(0), Decimal(100_000), Decimal(300_000), Decimal(500_000), Decimal(1_000_000))


def light(facts: Facts) -> Light:
    """Return how an entry stands. What forbids showing it comes before what only delays it."""
    if not facts.is_consented:
        return Light.NO_CONSENT
    if facts.withdrawn_at is not None:
        return Light.TAKEN_DOWN
    if not facts.is_countersigned:
        return Light.NOT_COUNTERSIGNED
    if facts.after_deposit and facts.deposit_seen_at is None:
        return Light.NO_DEPOSIT
    if facts.released_at is None and not facts.releases_itself:
        return Light.WAITS
    return Light.UP


def band(amount: Decimal) -> tuple[Decimal, Decimal | None]:
    """Return the band a sum lies in: its lower end, and its upper one (not in it) or None for the highest."""
    at = max(index for index, low in enumerate(BANDS) if low <= max(amount, Decimal(0)))
    return BANDS[at], BANDS[at + 1] if at + 1 < len(BANDS) else None
