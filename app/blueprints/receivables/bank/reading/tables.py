"""A workbook or CSV of a bank as lines: free rows above the headings, totals between and below are left out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from app.blueprints.invitations.importing.layout import first_rows, headings_of
from app.blueprints.receivables.bank.reading import columns, values
from app.blueprints.receivables.bank.reading.columns import Field
from app.blueprints.receivables.bank.reading.lines import Fault, Line, Statement, joined
from app.sheets import Table

F = Field
MOST_FAULTS = 50
_LONGEST_SHOWN = 60
_TOTAL = re.compile(r"合计|总计|总额|total", re.IGNORECASE)
_OTHER_SUMS = re.compile(
    r"小计|累计|本页|承前|过次|上页|期初|期末|上期|本期|余额|笔数|subtotal|opening|closing|balance", re.IGNORECASE
)
_ACCOUNT = re.compile(r"(?:账号|帐号|账户|帐户|卡号|account\s*(?:no\.?|number)?)\D{0,12}(\d{10,32})", re.IGNORECASE)
_CURRENCIES = {
    "人民币": "CNY",
    "人民币元": "CNY",
    "RMB": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "港币": "HKD",
    "港元": "HKD",
}
_IN = frozenset(
    ("贷", "贷方", "c", "cr", "credit", "crdt", "收", "收入", "收款", "来账", "往账来账", "转入", "进", "入账", "+")
)
_OUT = frozenset(
    ("借", "借方", "d", "dr", "debit", "dbit", "支", "支出", "付", "付款", "往账", "转出", "出", "出账", "-")
)


class _Unreadable(Exception):
    """Carries the code of a fault and the cell."""

    def __init__(self, code: str, cell: str = "") -> None:
        self.code, self.cell = code, cell
        super().__init__(code)


@dataclass
class _Sums:
    """What the lines so far come to, to be compared with the totals that the file states."""

    came: Decimal = field(default_factory=Decimal)
    left: Decimal = field(default_factory=Decimal)


def statement(table: Table, mapping: Mapping[str, int] | None, today: date, header_row: int | None = None) -> Statement:
    """Read a table with a mapping that is known, or the one guessed from its headings."""
    row = columns.header_row(table.rows) if header_row is None else header_row
    headings = headings_of(table.rows, row)
    held = mapping if mapping is not None else columns.guess(headings)
    held = {name: column for name, column in held.items() if 0 <= column < len(headings)}
    found = Statement(
        format=table.format,
        account=_account(table.rows[: max(row, 0)]),
        sheet=table.sheet,
        headings=headings,
        header_row=row,
        mapping=held,
        top_rows=list(zip(table.lines, first_rows(table.rows), strict=False)),
    )
    if not columns.is_enough(held):
        found.faults.append(Fault(0, "no_header"))
        return found
    _read(found, table, held, today)
    return found


def _account(rows: Sequence[Sequence[str]]) -> str:
    """The account's number in the free rows above the headings, if they tell one whole."""
    for row in rows:
        if named := _ACCOUNT.search(values.plain(" ".join(row)).replace(" ", "")):
            return named[1]
    return ""


def _read(found: Statement, table: Table, mapping: Mapping[str, int], today: date) -> None:
    sums = _Sums()
    for line, row in zip(table.lines[found.header_row + 1 :], table.rows[found.header_row + 1 :], strict=True):
        try:
            read = _line(line, row, mapping, today, sums)
        except _Unreadable as why:
            found.faults.append(Fault(line, why.code, why.cell[:_LONGEST_SHOWN]))
            if len(found.faults) >= MOST_FAULTS:
                return
            continue
        if read is not None:
            found.lines.append(read)


def _line(line: int, row: Sequence[str], mapping: Mapping[str, int], today: date, sums: _Sums) -> Line | None:
    """One line, or None for what is none: totals, repeated headings, the bank's closing words."""

    def cell(field: F) -> str:
        return values.plain(row[mapping[field]]) if field in mapping else ""

    first = next((each for each in row if each), "")
    try:
        booked_on = values.day(cell(F.DATE))
    except ValueError as fault:
        if _is_no_line(row, first, mapping, sums):
            return None
        raise _Unreadable("bad_date", cell(F.DATE) or first) from fault
    if booked_on > today + timedelta(days=1):
        raise _Unreadable("future_date", cell(F.DATE))
    amount = _amount(row, mapping)
    if not amount:
        return None  # a line without money: a change of address, interest of nothing
    if amount > 0:
        sums.came += amount
    else:
        sums.left -= amount
    return Line(line, booked_on, amount, _currency(cell(F.CURRENCY)), **_others(cell, amount))


def _others(get: Callable[[F], str], amount: Decimal) -> dict[str, str]:
    came = amount > 0
    return {
        "payer": (get(F.PARTY) or get(F.FROM if came else F.TO))[:200],
        "payer_account": (get(F.PARTY_ACCOUNT) or get(F.FROM_ACCOUNT if came else F.TO_ACCOUNT))[:60],
        "memo": joined(get(F.MEMO), get(F.PURPOSE), get(F.REMARK))[:500],
        "serial": get(F.SERIAL)[:80],
    }


def _is_no_line(row: Sequence[str], first: str, mapping: Mapping[str, int], sums: _Sums) -> bool:
    if columns.is_enough(columns.guess(row)):
        return True  # the headings once more, on the next page
    filled = sum(1 for each in row if each)
    if _OTHER_SUMS.search(first):
        return True
    if _TOTAL.search(first):
        _compare(row, mapping, sums)
        return True
    try:
        return filled <= 2 and not _amount(row, mapping)
    except _Unreadable:
        return filled <= 2


def _compare(row: Sequence[str], mapping: Mapping[str, int], sums: _Sums) -> None:
    """A row of totals has to say what its lines come to; a file that was cut or edited does not."""
    for column, sum_ in ((F.CREDIT, sums.came), (F.DEBIT, sums.left)):
        if column in mapping:
            try:
                said = values.amount(row[mapping[column]])
            except ValueError:
                continue
            if said and said != sum_:
                raise _Unreadable("totals_disagree", row[mapping[column]])


def _amount(row: Sequence[str], mapping: Mapping[str, int]) -> Decimal | None:
    def sum_of(field: F) -> Decimal | None:
        text = row[mapping[field]] if field in mapping else ""
        try:
            return values.amount(text)
        except ValueError as fault:
            raise _Unreadable("bad_sum", text) from fault

    came, left = sum_of(F.CREDIT), sum_of(F.DEBIT)
    if came and left:
        raise _Unreadable("two_sums", f"{came} / {left}")
    if came or left:
        return came or -(left or Decimal(0))
    amount = sum_of(F.AMOUNT)
    if amount is None:
        if came is None and left is None:
            raise _Unreadable("no_sum")
        return Decimal(0)
    return amount if F.DIRECTION not in mapping else _directed(amount, row[mapping[F.DIRECTION]])


def _directed(amount: Decimal, text: str) -> Decimal:
    said = values.plain(text).lower()
    if said in _IN:
        return amount
    if said in _OUT:
        return -abs(amount)
    raise _Unreadable("bad_direction", text)


def _currency(text: str) -> str:
    given = _CURRENCIES.get(text.upper(), text.upper())
    return given if len(given) == 3 and given.isascii() and given.isalpha() else ""
