"""Rules of messages: filling in a wording, when a guest may be disturbed, and to whom what is still of use."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from app import clock
from app.errors import N_, SigningDayError
from app.models import InvitationState


class UnknownVariable(SigningDayError):
    """A wording names a variable that this message does not have."""

    code = "unknown_variable"
    sentence = N_("There is no variable “%(name)s” in this message.")


class StrayBrace(SigningDayError):
    """A brace that belongs to no variable."""

    code = "stray_brace"
    sentence = N_("A brace belongs to no variable: “%(near)s”. A brace as such is written twice.")


# A variable is a bare name. Anything Python's own formatting would take besides (attributes, indexes, conversions,
# widths) is refused as a stray brace, so a wording can show nothing but the values meant for it.
_PART = re.compile(r"\{\{|\}\}|\{([a-z_]+)\}|[{}]")
_WIDE = str.maketrans("｛｝", "{}")
_HOLLOW = re.compile(r"（[\s，,、：:]*）|\([\s,:]*\)")


def check_wording(text: str, known: Iterable[str]) -> list[str]:
    """Return the variables of a wording in order of appearance; raises when one is unknown or a brace is stray."""
    known, found = set(known), list[str]()
    text = text.translate(_WIDE)
    for part in _PART.finditer(text):
        if part[0] in ("{{", "}}"):
            continue
        if part[1] is None:
            raise StrayBrace(near=text[max(0, part.start() - 8) : part.end() + 12].strip())
        if part[1] not in known:
            raise UnknownVariable(name=part[1])
        found.append(part[1])
    return list(dict.fromkeys(found))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the wording with its variables filled in.

    A line all of whose variables are empty says nothing and is left out; elsewhere an empty value leaves no hollow
    brackets and no double blank.
    """
    check_wording(text, values)
    lines = [_filled(line, values) for line in text.translate(_WIDE).strip().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    names = [part[1] for part in _PART.finditer(line) if part[1]]
    if names and not any(values[name] for name in names):
        return None

    def value(part: re.Match[str]) -> str:
        return values[part[1]] if part[1] else part[0][0]

    whole = _PART.sub(value, line)
    if all(values[name] for name in names):
        return whole.rstrip()
    return re.sub(r"(?<=\S) {2,}", " ", _HOLLOW.sub("", whole)).rstrip()


def is_quiet(at: datetime, quiet_from: time, quiet_until: time, time_zone: str) -> bool:
    """Tell whether an instant lies in the quiet hours. `quiet_from` is quiet, `quiet_until` no longer."""
    now = clock.local(at, time_zone).time().replace(tzinfo=None)
    if quiet_from <= quiet_until:
        return quiet_from <= now < quiet_until
    return now >= quiet_from or now < quiet_until


def next_allowed(at: datetime, quiet_from: time, quiet_until: time, time_zone: str) -> datetime:
    """Return the first instant from `at` on that lies outside the quiet hours (wall clock of the zone).

    Hours over midnight are the usual case; equal times mean no quiet hours. An end that a clock change skips moves on
    by the gap, and of an hour that is lived through twice each pass is looked at for itself.
    """
    while is_quiet(at, quiet_from, quiet_until, time_zone):
        at = _next_time(at, quiet_until, time_zone)
    return at


def _next_time(at: datetime, wall: time, time_zone: str) -> datetime:
    """The first instant after `at` at which the wall clock of the zone shows that time."""
    today = clock.local(at, time_zone).date()
    days = (today, today + timedelta(days=1))
    return min(
        instant
        for day in days
        for fold in (0, 1)
        if (instant := clock.instant(day, wall.replace(fold=fold), time_zone)) > at
    )


_S = InvitationState
_OUT = {_S.DECLINED, _S.DECLINED_LATE}
_OVER = {_S.ARRIVED, _S.NO_SHOW}
# In which states of the invitation a message is of no use any more, whether it is about to be written or, hours
# later, about to be sent. Who declined is never reminded.
_UNWANTED: dict[str, frozenset[InvitationState]] = {
    "invitation": frozenset(_OUT | _OVER),
    "reminder": frozenset(set(_S) - {_S.INVITED, _S.NO_ANSWER}),
    "reconfirm": frozenset(_OUT | _OVER | {_S.LISTED, _S.WAITING, _S.FIRM}),
    "waiting_list_moved_up": frozenset(_OUT | _OVER),
    "event_moved": frozenset(_OUT | {_S.LISTED}),
    "ride": frozenset(_OUT | {_S.LISTED, _S.WAITING, _S.NO_SHOW}),
    "reply_received": frozenset(),
    "welcome": frozenset(_OUT | {_S.LISTED, _S.NO_SHOW}),
}


def is_wanted(template: str, state: InvitationState) -> bool:
    """Tell whether a message of this kind is still of use to a guest whose invitation stands like that."""
    return state not in _UNWANTED.get(template, frozenset(_OUT))
