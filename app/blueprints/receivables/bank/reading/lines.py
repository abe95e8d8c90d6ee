"""What every kind of bank file comes to: lines of one account, and what could not be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.errors import N_, SigningDayError


class BankFileError(SigningDayError):
    """The file cannot be taken in."""

    code = "bank_file"
    sentence = N_("The file could not be read.")


class BankFileBroken(BankFileError):
    code = "bank_file_broken"
    sentence = N_("The file is not complete. Please download it from the bank again.")


class BankFileDangerous(BankFileError):
    code = "bank_file_dangerous"
    sentence = N_("The file defines things of its own that no bank statement needs, so it was not opened.")


class BankFileUnknown(BankFileError):
    code = "bank_file_unknown"
    sentence = N_("This is no bank file that we know. Use .xlsx, .csv, OFX or CAMT.053.")


class BankFileOfOtherAccount(BankFileError):
    code = "bank_file_other_account"
    sentence = N_("The file is of the account %(number)s. Please choose that one.")


class BankFileOfOtherCurrency(BankFileError):
    code = "bank_file_other_currency"
    sentence = N_("The file is in %(currency)s, the account in another currency.")


class BankFileSumsDisagree(BankFileError):
    code = "bank_file_sums_disagree"
    sentence = N_("The entries come to %(found)s, but the file says %(said)s. Please download it from the bank again.")


class BankFileEmpty(BankFileError):
    code = "bank_file_empty"
    sentence = N_("There is no entry in the file.")


@dataclass(frozen=True)
class Line:
    """One line of an account. `amount` is below zero when the money left, `currency` empty when none is told."""

    line: int
    booked_on: date
    amount: Decimal
    currency: str = ""
    payer: str = ""
    payer_account: str = ""
    memo: str = ""
    serial: str = ""


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read: where, why (a code with words in `words.FAULTS`), and what stands there."""

    line: int
    code: str
    cell: str = ""


@dataclass
class Statement:
    """A file as lines. With faults none of its lines is taken in."""

    format: str
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    account: str = ""  # the account's number as the file says it, empty when it does not
    currency: str = ""
    # Of tables only: where the headings stand, what each column holds, and the first rows to choose by.
    sheet: str = ""
    headings: Sequence[str] = ()
    header_row: int = -1
    mapping: Mapping[str, int] = field(default_factory=dict)
    top_rows: list[tuple[int, list[str]]] = field(default_factory=list)


def joined(*parts: str) -> str:
    """Different texts about the same line as one, each once."""
    return " ".join(dict.fromkeys(part for part in (" ".join(each.split()) for each in parts) if part))
