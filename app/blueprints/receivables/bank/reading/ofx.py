"""OFX as banks write it: version 1, whose tags need no end, and version 2, which is XML. Only the tags are looked at.

No library reads both under a licence that fits ours, and what a statement needs of OFX is small. Tags are found by
one expression and never expanded, so there is nothing that a hostile file could blow up.
"""

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.blueprints.receivables.bank.reading import values
from app.blueprints.receivables.bank.reading.lines import (
    BankFileBroken,
    BankFileDangerous,
    Fault,
    Line,
    Statement,
    joined,
)

_TAG = re.compile(r"<(/?)([A-Z0-9.]{1,32})>([^<]*)")
_CHARSET = re.compile(rb"(?:CHARSET:|encoding=[\"'])\s*([\w-]+)", re.IGNORECASE)
_CHINESE = re.compile(rb"936|gb", re.IGNORECASE)
# Parts of a transaction that have tags of the same names in them.
_PARTS = frozenset(("PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY"))


def is_ofx(data: bytes) -> bool:
    head = data[:4000].upper()
    return b"OFXHEADER" in head or b"<OFX>" in head


def statements(data: bytes, today: date) -> list[Statement]:
    """Return each account of the file. Raises BankFileBroken when its end is missing."""
    text = _decoded(data)
    if "<!ENTITY" in text.upper():
        raise BankFileDangerous
    if "</OFX>" not in text.upper():
        raise BankFileBroken
    found: list[Statement] = []
    for number, given in _transactions(text, found):
        try:
            found[-1].lines.append(_line(number, given, today))
        except ValueError as why:
            code, cell = (*why.args, "")[:2]
            found[-1].faults.append(Fault(number, str(code), str(cell)[:60]))
    return found


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data[:2000])
    first = "gb18030" if named and _CHINESE.search(named[1]) else "utf-8-sig"
    for encoding in (first, "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BankFileBroken


def _transactions(text: str, found: list[Statement]) -> Iterator[tuple[int, dict[str, str]]]:
    """Walk over the tags. A statement is opened when its currency or account is told, a line ends with its tag."""
    given: dict[str, str] | None = None
    part, number = "", 0
    for closes, tag, written in _TAG.findall(text):
        value = html.unescape(written).strip()
        if tag in ("STMTRS", "CCSTMTRS") and not closes:
            found.append(Statement("ofx"))
        elif tag == "STMTTRN":
            if given:  # version 1 may leave the end away
                yield number, given
            given, part, number = (None, "", number) if closes else ({}, "", number + 1)
        elif tag == "BANKTRANLIST" and closes and given:
            yield number, given
            given = None
        elif tag in _PARTS:
            part = "" if closes else tag
        elif value and given is not None:
            given.setdefault(f"{part}.{tag}" if part else tag, value)
        elif value and found and tag in ("CURDEF", "ACCTID"):
            name = "currency" if tag == "CURDEF" else "account"
            setattr(found[-1], name, getattr(found[-1], name) or value)
    if not found:
        raise BankFileBroken


def _line(number: int, given: dict[str, str], today: date) -> Line:
    day = given.get("DTPOSTED", "")
    try:
        booked_on = values.day(day)
    except ValueError as fault:
        raise ValueError("bad_date", day) from fault
    if booked_on > today + timedelta(days=1):
        raise ValueError("future_date", day)
    try:
        amount = values.amount(given.get("TRNAMT", ""))
    except ValueError as fault:
        raise ValueError("bad_sum", given.get("TRNAMT", "")) from fault
    if not amount:
        raise ValueError("no_sum", "")
    return Line(
        number,
        booked_on,
        amount,
        currency=given.get("CURRENCY.CURSYM", "").upper()[:3],
        payer=(given.get("PAYEE.NAME") or given.get("NAME", ""))[:200],
        payer_account=(given.get("BANKACCTTO.ACCTID") or given.get("CCACCTTO.ACCTID", ""))[:60],
        memo=joined(given.get("MEMO", ""), given.get("CHECKNUM", ""))[:500],
        serial=given.get("FITID", "")[:80],
    )
