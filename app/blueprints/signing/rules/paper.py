"""Pages signed on paper: what their codes say, and which of them are still to come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

from app.errors import N_, SigningDayError

_CODE = re.compile(r"/verify/(?P<number>[^/?#\s]{1,400})\?p=(?P<page>\d{1,4})\Z", re.IGNORECASE)


class Light(StrEnum):
    """How one page stands."""

    MISSING = "missing"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class PagesMissing(SigningDayError):
    """Not every page was accepted."""

    code = "pages_missing"
    sentence = N_("These pages are not accepted yet: %(pages)s.")


@dataclass(frozen=True)
class Scan:
    """What is known of one scan: its page, and what the check said (None: not checked yet)."""

    page: int
    is_accepted: bool | None


def code(number: str, page: int) -> str:
    """Return the path that a printed page's code carries."""
    return f"/verify/{quote(number, safe='')}?p={page}"


def read_code(text: str) -> tuple[str, int] | None:
    """Return contract number and page of a code found on a scan, None when it is none of ours."""
    found = _CODE.search(text.strip())
    return (unquote(found["number"]), int(found["page"])) if found else None


def lights(pages: int, scans: Iterable[Scan]) -> dict[int, Light]:
    """Return how each page stands. `scans` come oldest first; a page counts by its newest scan."""
    standing = dict.fromkeys(range(1, pages + 1), Light.MISSING)
    for scan in scans:
        if scan.page in standing:
            standing[scan.page] = {None: Light.RECEIVED, True: Light.ACCEPTED, False: Light.RETURNED}[scan.is_accepted]
    return standing


def check_whole(pages: int, scans: Iterable[Scan]) -> None:
    """Raise `PagesMissing` with the pages that were not accepted."""
    missing = [page for page, light in lights(pages, scans).items() if light is not Light.ACCEPTED]
    if missing or not pages:
        raise PagesMissing(pages=", ".join(str(page) for page in missing))
