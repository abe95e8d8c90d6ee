"""How a dealer stands against a sales target. Values in, verdict out."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

FIRST_RESULT = 30  # days until the first result is expected, and less for a short stretch: a quarter of it
SLACK = Decimal("0.9")  # of what would be due by now: sales do not come evenly, so a little less is no alarm


class Course(StrEnum):
    """How a target goes."""

    MET = "met"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"  # its time is over
    UNKNOWN = "unknown"  # nobody has said what was achieved
    BEGUN = "begun"  # nobody has said what was achieved, and nobody need have yet
    AHEAD = "ahead"  # its time has not begun


def course(amount: Decimal, achieved: Decimal | None, starts_on: date, ends_on: date, today: date) -> Course:
    """Return how a target goes today; sums in the contract's currency."""
    if achieved is not None and achieved >= amount:
        return Course.MET
    if today < starts_on:
        return Course.AHEAD
    days, gone = (ends_on - starts_on).days + 1, (today - starts_on).days
    if achieved is None:
        return Course.BEGUN if gone < FIRST_RESULT and gone * 4 < days else Course.UNKNOWN
    if today > ends_on:
        return Course.MISSED
    return Course.BEHIND if achieved * days < amount * gone * SLACK else Course.ON_COURSE


def due_by(amount: Decimal, starts_on: date, ends_on: date, today: date) -> Decimal:
    """Return how much would be sold by today if it came evenly."""
    days = (ends_on - starts_on).days + 1
    gone = min(max((today - starts_on).days, 0), days)
    return (amount * gone / days).quantize(Decimal("0.01"))


# --- Rows of an uploaded list -------------------------------------------------------------------------------

HEADINGS: dict[str, frozenset[str]] = {
    "number": frozenset({"合同编号", "合同号", "编号", "contract number", "contract", "number"}),
    "starts_on": frozenset({"起始日", "开始日期", "起始日期", "开始", "期初", "首日", "first day", "from", "start"}),
    "ends_on": frozenset(
        {"截止日", "结束日期", "截止日期", "结束", "期末", "末日", "最后一天", "last day", "to", "end"}
    ),
    "achieved": frozenset(
        {"完成额", "实际完成", "完成", "实际", "回款", "回款额", "已完成", "achieved", "result", "actual", "sales"}
    ),
}
_SEPARATED = re.compile(r"[年月/.]")
_LARGEST = Decimal("99999999999")


@dataclass(frozen=True)
class Line:
    """One row of the list as far as it could be read; `fault` is the code of what could not."""

    line: int
    number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    achieved: Decimal | None = None
    fault: str = ""


def columns(headings: list[str]) -> dict[str, int]:
    """Return where each of our columns stands."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        plain = " ".join(unicodedata.normalize("NFKC", heading).lower().split())
        for name, words in HEADINGS.items():
            if plain in words and name not in found:
                found[name] = place
    return found


def line(number: int, cells: list[str], places: dict[str, int]) -> Line:
    """Read one row."""

    def cell(name: str) -> str:
        return unicodedata.normalize("NFKC", cells[places[name]]).strip() if name in places else ""

    contract = cell("number").upper()
    if not contract:
        return Line(number, fault="no_number")
    try:
        starts_on, ends_on = day(cell("starts_on")), day(cell("ends_on"))
    except ValueError:
        return Line(number, contract, fault="no_date")
    try:
        achieved = amount(cell("achieved"))
    except (ValueError, InvalidOperation):
        return Line(number, contract, starts_on, ends_on, fault="no_sum")
    return Line(number, contract, starts_on, ends_on, achieved)


def day(text: str) -> date | None:
    """Return a day in the usual spellings, None when there is none."""
    if not text:
        return None
    parts = [part for part in _SEPARATED.sub("-", text.rstrip("日")).partition(" ")[0].split("-") if part]
    if len(parts) != 3:
        raise ValueError(text)
    return date(*(int(part) for part in parts))


def amount(text: str) -> Decimal:
    """Return a sum, with or without thousands' commas and currency mark."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    value = Decimal(plain.strip("¥元"))
    if not value.is_finite() or not 0 <= value <= _LARGEST:
        raise ValueError(text)
    return round(value, 4)
