"""Which dealers look like the one being saved, and who sees whose. Values in, verdict out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from app.access import Permission
from app.errors import N_, SigningDayError
from app.models import Answer, InvitationState

# At this likeness two company names mostly are one company: one character more or less, or two swapped.
ALIKE = 90
SHOWN_ALIKE = 3


class MobileTaken(SigningDayError):
    """One mobile number is one person, and that person is on file."""

    code = "mobile_taken"
    sentence = N_("This mobile number belongs to a dealer already on file.")


@dataclass(frozen=True)
class Likeness:
    """A dealer on file whose company is called much the same."""

    dealer_id: int
    percent: int


def alike(company_key: str, on_file: Mapping[int, str]) -> list[Likeness]:
    """Return the dealers whose company key resembles this one, most alike first.

    `on_file` is dealer id to company key. Names of two characters or fewer resemble everything, so only equal ones
    count there.
    """
    if not company_key:
        return []
    cutoff = ALIKE if len(company_key) > 2 else 100
    found = process.extract(company_key, on_file, scorer=fuzz.ratio, score_cutoff=cutoff, limit=SHOWN_ALIKE)
    return [Likeness(dealer_id, int(score)) for _, score, dealer_id in found]


def sees_only_own(permissions: frozenset[Permission]) -> bool:
    """Tell whether a person sees only their own dealers and the pool: a rep, who works with guests but not all of them.

    Whoever has nothing to do with guests (finance, compliance) needs the files of everybody.
    """
    return Permission.VIEW_INVITATIONS in permissions and Permission.VIEW_ALL_INVITATIONS not in permissions


@dataclass(frozen=True)
class TrackRecord:
    """How often a dealer was asked, said yes, and came."""

    asked: int = 0
    accepted: int = 0
    arrived: int = 0


def track_record(outcomes: Iterable[tuple[InvitationState, Answer | None]]) -> TrackRecord:
    """Count what a dealer did with earlier invitations. Whoever came without having answered said yes by coming."""
    asked = accepted = arrived = 0
    for state, answer in outcomes:
        came = state is InvitationState.ARRIVED
        asked += state is not InvitationState.LISTED
        accepted += came or answer in (Answer.COMING, Answer.SUBSTITUTE)
        arrived += came
    return TrackRecord(asked, accepted, arrived)
