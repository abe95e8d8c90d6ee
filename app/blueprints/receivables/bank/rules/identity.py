"""By what a row of the bank is known again, in the same file or in another that overlaps it."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from app.blueprints.receivables.bank.reading.lines import Line


def keys(lines: Sequence[Line]) -> list[str]:
    """Return a key for each line, by which the same line has the same key in any file of the account.

    The bank's own number counts together with day and sum, since banks give a transfer and its fee the same one. A line
    without a number is told by what stands in it, and the second of two equal lines of a day by being the second.
    """
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        if line.serial:
            found.append(_digest("s", line.serial, line.booked_on.isoformat(), _sum(line.amount)))
            continue
        alike = _digest(
            "h",
            line.booked_on.isoformat(),
            _sum(line.amount),
            _bare(line.payer),
            _bare(line.payer_account),
            _bare(line.memo),
        )
        seen[alike] += 1
        found.append(f"{alike}/{seen[alike]}")
    return found


def odd_serials(known: Sequence[tuple[str, Decimal]]) -> set[str]:
    """Return the bank's numbers that stand at different sums which came: they are never booked without a look."""
    sums: defaultdict[str, set[Decimal]] = defaultdict(set)
    for serial, amount in known:
        if serial and amount > 0:
            sums[serial].add(amount)
    return {serial for serial, found in sums.items() if len(found) > 1}


def _sum(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _bare(text: str) -> str:
    return "".join(text.split()).upper()


def _digest(kind: str, *parts: str) -> str:
    return f"{kind}:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]
