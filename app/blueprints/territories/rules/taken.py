"""What can stand against a promise, as errors that carry plain facts: they outlive the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.errors import N_, SigningDayError


@dataclass(frozen=True)
class Clash:
    """Whose promise stands against another. Who may not see the dealer is shown region and time only."""

    grant_id: int
    region_id: int
    region: str
    dealer_id: int
    dealer: str
    rep_id: int | None
    rep: str
    is_signed: bool
    until: date  # the last day of the promise
    held_until: datetime | None  # only while it is held


@dataclass(frozen=True)
class Choice:
    """What is free nearby: another region, or the same one for another channel."""

    region_id: int
    region: str
    channel_id: int | None
    channel: str


class TerritoryTaken(SigningDayError):
    """Another dealer holds or has what was asked for. `clash` says who, `choices` what is free nearby.

    The sentence names no dealer: it may be read on a tablet by another one.
    """

    code = "territory_taken"
    sentence = N_("%(wanted)s is no longer free: another dealer has %(region)s until %(until)s.")

    sentence_with_choices = N_(
        "%(wanted)s is no longer free: another dealer has %(region)s until %(until)s. Free nearby: %(free)s."
    )

    def __init__(self, clash: Clash, choices: Sequence[Choice] = (), *, wanted: str = "") -> None:
        free = " · ".join(f"{each.region} {each.channel}".strip() for each in choices)
        super().__init__(wanted=wanted, region=clash.region, until=clash.until.isoformat(), free=free)
        self.clash = clash
        self.choices = tuple(choices)
        if choices:
            self.sentence = self.sentence_with_choices


class TerritoryNotHeld(SigningDayError):
    """The territory was let go, or its contract has ended."""

    code = "territory_not_held"
    sentence = N_("%(region)s is not held for this dealer any more. Hold it again first.")


class AlreadyHeld(SigningDayError):
    """The dealer has this very territory already."""

    code = "territory_already_held"
    sentence = N_("This dealer already has %(region)s for this product line.")


class HoldTooShort(SigningDayError):
    """A hold ends after now."""

    code = "hold_too_short"
    sentence = N_("A hold has to end later than now.")


class AlreadyQueued(SigningDayError):
    """The dealer waits for this territory already."""

    code = "already_queued"
    sentence = N_("This dealer is already waiting for %(region)s.")


class NothingToWaitFor(SigningDayError):
    """The territory is free: hold it instead of waiting."""

    code = "nothing_to_wait_for"
    sentence = N_("%(region)s is free. It can be held at once.")


class TerritoryClosed(SigningDayError):
    """The region, product line or channel is not promised any more."""

    code = "territory_closed"
    sentence = N_("%(name)s is not offered any more.")
