"""What the number of a contract looks like. Values in, verdict out."""

from app.errors import N_, SigningDayError
from app.models import ContractKind

LONGEST = 30
# JX 经销, YX 意向, SX 试销, BC 补充: each kind counts by itself, so its numbers must not meet another's.
CODES = {
    ContractKind.DISTRIBUTION: "JX",
    ContractKind.LETTER_OF_INTENT: "YX",
    ContractKind.TRIAL: "SX",
    ContractKind.AMENDMENT: "BC",
}
STANDARD = "{kind}-{year}-{number:05d}"


class BadNumberFormat(SigningDayError):
    """The setting for numbers of contracts would not make each number a different one."""

    code = "bad_number_format"
    sentence = N_("The setting CONTRACT_NUMBER_FORMAT needs {kind}, {year} and {number}, and nothing else in braces.")


def written(pattern: str, kind: ContractKind, year: int, number: int) -> str:
    """Return a number as it stands on the document: JX-2026-00017."""
    try:
        text = pattern.format(kind=CODES[kind], year=year, number=number)
    except (KeyError, IndexError, ValueError, AttributeError) as fault:
        raise BadNumberFormat from fault
    if len(text) > LONGEST or any(f"{{{name}" not in pattern for name in ("kind", "year", "number")):
        raise BadNumberFormat
    return text
