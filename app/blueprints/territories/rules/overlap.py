"""Which promises of territory cannot stand side by side.

A claim is what somebody holds, has or wants: regions, a product line, a channel or all of them, and a stretch of days.
Regions are the paths of the tree ("/CN/440000/440100/"); a group of the company's own stands for its members' paths.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.models import Region, RegionLevel


@dataclass(frozen=True)
class Claim:
    """A promise as this rule sees it. `channel_id` None means all channels; both days belong to it."""

    line_id: int
    channel_id: int | None
    paths: frozenset[str]
    starts_on: date
    ends_on: date
    is_exclusive: bool


def paths_of(region: Region) -> frozenset[str]:
    """Return what a region covers: its own path, or those of a group's members."""
    if region.level is RegionLevel.GROUP:
        return frozenset(member.path for member in region.members)
    return frozenset((region.path,))


def regions_meet(some: Iterable[str], others: Collection[str]) -> bool:
    """Tell whether a place belongs to both: one path is the beginning of another."""
    return any(one.startswith(other) or other.startswith(one) for one in some for other in others)


def channels_meet(one: int | None, other: int | None) -> bool:
    """Tell whether goods may be sold by both claims in the same channel."""
    return one is None or other is None or one == other


def days_meet(one: Claim, other: Claim) -> bool:
    """Tell whether both claims hold on one day at least."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def clash(one: Claim, other: Claim) -> bool:
    """Tell whether the two cannot both be promised. Two that exclude nobody live side by side."""
    return (
        one.line_id == other.line_id
        and (one.is_exclusive or other.is_exclusive)
        and channels_meet(one.channel_id, other.channel_id)
        and days_meet(one, other)
        and regions_meet(one.paths, other.paths)
    )


def is_free(claim: Claim, taken: Iterable[Claim]) -> bool:
    """Tell whether nothing that is taken stands against the claim."""
    return not any(clash(claim, other) for other in taken)


def ancestors(path: str) -> Sequence[str]:
    """Return the codes from the root down to the region itself: "/CN/440000/" gives CN and 440000."""
    return [code for code in path.split("/") if code]
