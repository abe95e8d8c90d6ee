"""Which papers a dealer needs, what is wrong with one, and whom screening has passed. Values in, verdict out."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from app.errors import N_, SigningDayError
from app.models import PaperKind, PaperState, ScreeningVerdict

REQUIRED: tuple[PaperKind, ...] = (PaperKind.BUSINESS_LICENCE, PaperKind.TAX_REGISTRATION)  # of every dealer who signs
EXPIRY_WARNING = timedelta(days=60)
LICENCES = frozenset({PaperKind.BUSINESS_LICENCE, PaperKind.INDUSTRY_LICENCE})  # those with a scope of business


class Fault(StrEnum):
    """What is wrong with a paper."""

    MISSING = "missing"
    UNCHECKED = "unchecked"  # handed in, and compliance has not said anything yet
    RETURNED = "returned"
    EXPIRED = "expired"
    UNSTAMPED = "unstamped"
    OUT_OF_SCOPE = "out_of_scope"  # the licence does not name what the contract is about


class PaperNotOpen(SigningDayError):
    """A newer paper has taken its place, or it has been answered already."""

    code = "paper_not_open"
    sentence = N_("A newer paper has taken this one’s place. Please look at the newest.")


class ReasonWanted(SigningDayError):
    """A paper is returned, and a dealer refused, with a reason."""

    code = "reason_wanted"
    sentence = N_("Please give the reason.")


class StampWanted(SigningDayError):
    """A paper without the dealer's company seal is not passed."""

    code = "stamp_wanted"
    sentence = N_("A paper without the company seal cannot be passed.")


class PaperExpired(SigningDayError):
    """A paper whose time is over is not passed."""

    code = "paper_expired"
    sentence = N_("This paper has expired and cannot be passed.")


class Paper(Protocol):
    """What a row of a qualification paper says."""

    kind: PaperKind
    state: PaperState
    holder: str
    scope: str
    is_stamped: bool
    valid_until: date | None


@dataclass(frozen=True)
class Wanted:
    """A paper that a dealer needs, and what is wrong with it; nothing is, where `fault` is None."""

    kind: PaperKind
    fault: Fault | None
    paper: Paper | None = None


def fault_of(paper: Paper | None, on: date, lines: Collection[tuple[str, str]] = ()) -> Fault | None:
    """Return what is wrong with a paper on a day. `lines`: (key, name) of the product lines its scope has to cover."""
    if paper is None or paper.state is PaperState.WANTED:
        return Fault.MISSING
    if paper.state is PaperState.RETURNED:
        return Fault.RETURNED
    if is_over(paper.valid_until, on):
        return Fault.EXPIRED
    if paper.state is PaperState.SUBMITTED:
        return Fault.UNCHECKED
    if not paper.is_stamped:
        return Fault.UNSTAMPED
    if paper.kind in LICENCES and not covers(paper.scope, lines):
        return Fault.OUT_OF_SCOPE
    return None


def is_over(valid_until: date | None, on: date) -> bool:
    """Tell whether a paper is valid no more on a day; its last day still counts."""
    return valid_until is not None and valid_until < on


def ends_soon(valid_until: date | None, on: date) -> bool:
    return valid_until is not None and on <= valid_until <= on + EXPIRY_WARNING


def covers(scope: str, lines: Collection[tuple[str, str]]) -> bool:
    """Tell whether a licence's scope names every product line, by key or by name; case and width do not matter."""
    written = _plain(scope)
    return all(_plain(key) in written or _plain(name) in written for key, name in lines)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "")


def wanted(
    required: Iterable[PaperKind],
    papers: Mapping[PaperKind, Paper],
    on: date,
    lines: Collection[tuple[str, str]] = (),
) -> list[Wanted]:
    """Return each required paper with what is wrong with it. `papers`: the newest of each kind."""
    return [Wanted(kind, fault_of(papers.get(kind), on, lines), papers.get(kind)) for kind in required]


def newest(papers: Sequence[Paper]) -> dict[PaperKind, Paper]:
    """Return the paper that counts of each kind; the rows come oldest first, replaced ones left out."""
    return {paper.kind: paper for paper in papers}


def is_passed(verdict: ScreeningVerdict | None) -> bool:
    return verdict is ScreeningVerdict.PASSED


def check_pass(paper: Paper, on: date) -> None:
    """Raise when compliance must not pass a paper."""
    if not paper.is_stamped:
        raise StampWanted
    if is_over(paper.valid_until, on):
        raise PaperExpired
