"""How far one signing is, and what is wanted next. The pen is given only when nothing is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.errors import N_, SigningDayError

LASTS = timedelta(hours=3)  # a signing's link; long enough for lunch in between
CODE_LASTS = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
MOST_CODES = 5
MOST_TRIES = 5
_LONGEST_ON_A_PAGE = 24 * 3600


class Stage(StrEnum):
    """What a signing waits for."""

    OVER = "over"  # the link's time has run out, or another signing took its place
    IDENTITY = "identity"  # the host has not seen the dealer's paper
    READING = "reading"
    CODE = "code"
    PEN = "pen"
    SIGNED = "signed"


@dataclass(frozen=True)
class Facts:
    """What is known of a signing. `wants_code` tells whether a code by SMS is asked for at all."""

    now: datetime
    expires_at: datetime
    closed_at: datetime | None
    is_signed: bool
    identity_seen_at: datetime | None
    pages: int
    pages_read: Mapping[str, Any]
    wants_code: bool
    code_passed_at: datetime | None


class SigningOver(SigningDayError):
    """The link is no longer good."""

    code = "signing_over"
    sentence = N_("This signing is over. Please ask your host to open it again.")


class IdentityNotSeen(SigningDayError):
    """The host has not checked who signs."""

    code = "identity_not_seen"
    sentence = N_("The host has not checked the signatory's identity yet.")


class NotRead(SigningDayError):
    """Some pages were not looked at."""

    code = "not_read"
    sentence = N_("Some pages have not been read yet: %(pages)s.")


class CodeNotPassed(SigningDayError):
    """The code sent to the signatory's phone has not been entered."""

    code = "code_not_passed"
    sentence = N_("Please enter the code we sent to your phone first.")


class CodeWrong(SigningDayError):
    """The code is not the one we sent."""

    code = "code_wrong"
    sentence = N_("That is not the code we sent. Please look again.")


class CodeUsedUp(SigningDayError):
    """Too old, tried too often, or never sent."""

    code = "code_used_up"
    sentence = N_("This code is no longer good. Please have a new one sent.")


class CodeTooSoon(SigningDayError):
    """Asked for again too soon or too often."""

    code = "code_too_soon"
    sentence = N_("A code was sent a moment ago. Please wait a minute before you ask for another.")


def unread(pages: int, pages_read: Mapping[str, Any]) -> list[int]:
    """Return the pages nobody has looked at, from 1."""
    return [page for page in range(1, pages + 1) if str(page) not in pages_read]


def stage(facts: Facts) -> Stage:
    """Return what a signing waits for, in the order in which things happen."""
    if facts.is_signed:
        return Stage.SIGNED
    if facts.closed_at or facts.expires_at <= facts.now:
        return Stage.OVER
    if facts.identity_seen_at is None:
        return Stage.IDENTITY
    if unread(facts.pages, facts.pages_read):
        return Stage.READING
    if facts.wants_code and facts.code_passed_at is None:
        return Stage.CODE
    return Stage.PEN


def check_pen(facts: Facts) -> None:
    """Raise what is missing before a mark is taken; silence means that the pen may be given."""
    match stage(facts):
        case Stage.OVER:
            raise SigningOver
        case Stage.IDENTITY:
            raise IdentityNotSeen
        case Stage.READING:
            pages = ", ".join(str(page) for page in unread(facts.pages, facts.pages_read))
            raise NotRead(pages=pages)
        case Stage.CODE:
            raise CodeNotPassed


def read_pages(sent: Any, pages: int) -> dict[str, int]:
    """Return {page: seconds} as a device sent it; what is no page of the document is left out."""
    if not isinstance(sent, dict):
        return {}
    read: dict[str, int] = {}
    for page in range(1, pages + 1):
        seconds = sent.get(str(page))
        if isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds >= 0:
            read[str(page)] = min(round(seconds), _LONGEST_ON_A_PAGE)
    return read


def check_code_may_go(now: datetime, sent_at: datetime | None, codes_sent: int) -> None:
    """Raise `CodeTooSoon` when the last code is not a minute old, or enough were sent in this signing."""
    if codes_sent >= MOST_CODES or (sent_at is not None and now - sent_at < CODE_PAUSE):
        raise CodeTooSoon


def check_code(now: datetime, sent_at: datetime | None, tries: int, *, is_right: bool) -> None:
    """Raise `CodeUsedUp` or `CodeWrong`; `tries` counts those before this one."""
    if sent_at is None or now - sent_at > CODE_LASTS or tries >= MOST_TRIES:
        raise CodeUsedUp
    if not is_right:
        raise CodeWrong
