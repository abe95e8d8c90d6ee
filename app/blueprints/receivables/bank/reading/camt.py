"""CAMT.053, the statement of ISO 20022, in any of its versions: namespaces are not looked at, names are.

The parser is defusedxml's: a document with a DTD, an entity or anything from outside is refused before it is expanded.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.blueprints.receivables.bank.reading import values
from app.blueprints.receivables.bank.reading.lines import (
    BankFileBroken,
    BankFileDangerous,
    BankFileSumsDisagree,
    Fault,
    Line,
    Statement,
    joined,
)

MOST_TAGS = 2_000_000
_XML = re.compile(rb"\s*<(?:\?xml|!DOCTYPE|!ENTITY|(?:\w+:)?Document)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w-]+)[\"'][^>]*\?>", re.IGNORECASE)


def is_camt(data: bytes) -> bool:
    plain = data.removeprefix(b"\xef\xbb\xbf")
    return bool(_XML.match(plain)) and (b"BkToCstmrStmt" in plain or b"camt.05" in plain or b"<!ENTITY" in plain)


def statements(data: bytes, today: date) -> list[Statement]:
    """Return each account of the file. Raises where it is cut off, dangerous, or does not add up."""
    if data.count(b"<") > MOST_TAGS:
        raise BankFileDangerous
    try:
        root = fromstring(_in_utf8(data), forbid_dtd=True)
    except DefusedXmlException as fault:
        raise BankFileDangerous from fault
    except (ParseError, UnicodeDecodeError, LookupError, ValueError) as fault:
        raise BankFileBroken from fault
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]
    found = [_statement(each, today) for each in root.iter("Stmt")]
    if not found:
        raise BankFileBroken
    return found


def _in_utf8(data: bytes) -> bytes:
    """Documents of Chinese banks may say GB18030, which the parser does not know."""
    named = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if named and named[1].lower().startswith(b"gb"):
        return data[named.end() :].decode("gb18030").encode()
    return data


def _statement(source: Element, today: date) -> Statement:
    found = Statement(
        "camt",
        account=_text(source, "Acct/Id/IBAN") or _text(source, "Acct/Id/Othr/Id"),
        currency=_text(source, "Acct/Ccy"),
    )
    whole = Decimal(0)
    for number, entry in enumerate(source.iter("Ntry"), 1):
        state = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        if state and state != "BOOK":
            continue  # announced, not booked: it comes again when it is
        try:
            for line in _lines(number, entry, today):
                whole += line.amount
                found.lines.append(line)
        except ValueError as why:
            code, cell = (*why.args, "")[:2]
            found.faults.append(Fault(number, str(code), str(cell)[:60]))
    if not found.faults:
        _compare(source, whole)
    return found


def _compare(source: Element, whole: Decimal) -> None:
    """Opening balance and entries have to come to the closing balance, where the file tells both."""
    told: dict[str, Decimal] = {}
    for each in source.iter("Bal"):
        try:
            told[_text(each, "Tp/CdOrPrtry/Cd")] = _signed(each)
        except ValueError:
            return
    opening = told.get("OPBD", told.get("PRCD"))
    if opening is not None and "CLBD" in told and opening + whole != told["CLBD"]:
        raise BankFileSumsDisagree(found=f"{opening + whole:,.2f}", said=f"{told['CLBD']:,.2f}")


def _signed(source: Element) -> Decimal:
    text = _text(source, "Amt")
    try:
        amount = values.amount(text)
    except ValueError as fault:
        raise ValueError("bad_sum", text) from fault
    if amount is None:
        raise ValueError("no_sum", "")
    # A reversal, too, says in which direction the money moves.
    return -amount if _text(source, "CdtDbtInd") == "DBIT" else amount


def _lines(number: int, entry: Element, today: date) -> Iterator[Line]:
    day = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt")
    try:
        booked_on = values.day(day)
    except ValueError as fault:
        raise ValueError("bad_date", day) from fault
    if booked_on > today + timedelta(days=1):
        raise ValueError("future_date", day)
    amount = _signed(entry)
    if not amount:
        raise ValueError("no_sum", "")
    details = list(entry.iter("TxDtls"))
    parts = _parts(details, amount)
    serial = _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
    for place, (detail, part) in enumerate(parts, 1):
        own = _text(detail, "Refs/AcctSvcrRef") or serial
        yield _line(number, booked_on, part, detail, entry, f"{own}/{place}" if own and len(parts) > 1 else own)


def _parts(details: list[Element], amount: Decimal) -> list[tuple[Element, Decimal]]:
    """A batch is taken apart only when its parts say what each is and come to the whole."""
    if len(details) > 1:
        sums = [_text(each, "AmtDtls/TxAmt/Amt") or _text(each, "Amt") for each in details]
        try:
            parts = [values.amount(each) for each in sums]
        except ValueError:
            parts = []
        if all(parts) and sum(part or 0 for part in parts) == abs(amount):
            sign = 1 if amount > 0 else -1
            return [(each, (part or Decimal(0)) * sign) for each, part in zip(details, parts, strict=True)]
    return [(details[0] if details else Element("TxDtls"), amount)]


def _line(number: int, booked_on: date, amount: Decimal, detail: Element, entry: Element, serial: str) -> Line:
    side = "Dbtr" if amount > 0 else "Cdtr"
    named = f"RltdPties/{side}"
    account = f"RltdPties/{side}Acct/Id"
    said = [each.text or "" for path in ("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref") for each in detail.findall(path)]
    currency = entry.find("Amt")
    return Line(
        number,
        booked_on,
        amount,
        currency=(currency.get("Ccy", "") if currency is not None else "").upper()[:3],
        payer=(_text(detail, f"{named}/Nm") or _text(detail, f"{named}/Pty/Nm"))[:200],
        payer_account=(_text(detail, f"{account}/IBAN") or _text(detail, f"{account}/Othr/Id"))[:60],
        memo=joined(*said, _text(detail, "AddtlTxInf"), _text(entry, "AddtlNtryInf"))[:500],
        serial=serial[:80],
    )


def _text(source: Element, path: str) -> str:
    return " ".join((source.findtext(path) or "").split())
