"""What kind of bank file some bytes are, and its lines."""

from collections.abc import Mapping
from datetime import date

from app.blueprints.receivables.bank.reading import camt, columns, ofx, tables
from app.blueprints.receivables.bank.reading.lines import (
    BankFileEmpty,
    BankFileOfOtherAccount,
    BankFileOfOtherCurrency,
    BankFileUnknown,
    Statement,
)
from app.sheets import LARGEST_FILE, SheetFormatUnknown, SheetIsWebPage, SheetTooLarge, read_table


def read(
    data: bytes,
    *,
    account: str,
    currency: str,
    today: date,
    known: Mapping[str, Mapping[str, int]] | None = None,
    header_row: int | None = None,
    mapping: Mapping[str, int] | None = None,
) -> Statement:
    """Return the file's lines of one account, given its number (may be empty) and currency.

    `known` maps signatures of headings to columns as people have corrected them; `header_row` and `mapping` say how
    this very file is to be read. Raises BankFileError or SheetError; faults of single cells come with the statement.
    """
    if len(data) > LARGEST_FILE:
        raise SheetTooLarge
    if ofx.is_ofx(data):
        found = _of_account(ofx.statements(data, today), account)
    elif camt.is_camt(data):
        found = _of_account(camt.statements(data, today), account)
    else:
        found = _table(data, today, known or {}, header_row, mapping)
    _check(found, account, currency)
    return found


def _table(
    data: bytes,
    today: date,
    known: Mapping[str, Mapping[str, int]],
    header_row: int | None,
    mapping: Mapping[str, int] | None,
) -> Statement:
    try:
        table = read_table(data)
    except (SheetFormatUnknown, SheetIsWebPage) as fault:
        raise BankFileUnknown from fault
    if mapping is None:
        row = columns.header_row(table.rows) if header_row is None else header_row
        if 0 <= row < len(table.rows):
            mapping = known.get(columns.signature(table.rows[row]))
        else:
            # A bank whose headings nobody knows: a person once said where they stand.
            for number, cells in enumerate(table.rows[: columns.FIRST_ROWS]):
                if (held := known.get(columns.signature(cells))) is not None:
                    mapping, header_row = held, number
                    break
    return tables.statement(table, mapping, today, header_row)


def _of_account(found: list[Statement], number: str) -> Statement:
    """The account asked for; without a number of ours the only one."""
    ours = [each for each in found if number and _same(each.account, number)]
    if ours:
        found = ours
    if len({each.account for each in found}) > 1:
        raise BankFileOfOtherAccount(number=found[0].account)
    first = found[0]
    for other in found[1:]:
        first.lines += other.lines
        first.faults += other.faults
    return first


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one)).upper() == "".join(filter(str.isalnum, other)).upper()


def _check(found: Statement, number: str, currency: str) -> None:
    if found.account and number and not _same(found.account, number):
        raise BankFileOfOtherAccount(number=found.account)
    if found.currency and found.currency.upper() != currency:
        raise BankFileOfOtherCurrency(currency=found.currency)
    if not found.lines and not found.faults:
        raise BankFileEmpty
