"""Saying what was achieved of a target. Nothing here commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app import clock, journal
from app.blueprints.contracts.register.rules import targets as rules
from app.blueprints.contracts.register.targets import queries, sources
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Contract, ContractTarget, ResultSource
from app.sheets import read_table

MOST_LINES = 5_000
_SAID = {
    ResultSource.TYPED: "contract.achieved",
    ResultSource.IMPORTED: "contract.achieved_imported",
    ResultSource.PAYMENTS: "contract.achieved_paid",
}


class ColumnsMissing(SigningDayError):
    """The list has no column for the contract's number or the sum achieved."""

    code = "columns_missing"
    sentence = N_("The list needs a column “Contract number” and a column “Achieved”, named in its first row.")


class ListTooLong(SigningDayError):
    """So many rows are checked while somebody waits."""

    code = "list_too_long"
    sentence = N_("The list has more than 5,000 rows. Split it into several files.")


@dataclass(frozen=True)
class Checked:
    """A row of the list and what comes of it: a fault's code, or the target it sets."""

    line: rules.Line
    fault: str = ""
    contract: Contract | None = None
    target: ContractTarget | None = None

    @property
    def changes(self) -> bool:
        return self.target is not None and self.target.achieved != self.line.achieved


def set_achieved(
    contract: Contract, target: ContractTarget, achieved: Decimal | None, source: ResultSource = ResultSource.TYPED
) -> None:
    """Say what was achieved; None: not known any more, unless the payments know it.

    A figure somebody says stands from then on, whatever the payments say.
    """
    if achieved is None and target.id in sources.paid([target]):
        follow_payments(contract, target)
    else:
        _set(contract, target, achieved, source)


def follow_payments(contract: Contract, target: ContractTarget) -> None:
    """Let the payments say what was achieved, now and from now on, instead of what somebody said."""
    db.session.refresh(target, with_for_update=True)  # a payment on its way is waited for, or waits and tells it after
    _set(contract, target, sources.paid([target]).get(target.id), ResultSource.PAYMENTS)


def follow(contract_ids: Collection[int]) -> int:
    """Bring targets up to what the payments under these contracts say now, where nobody said a figure; count them.

    The targets are held until the transaction ends, so that of two payments at the same time the later sees both.
    """
    db.session.flush()
    held = queries.hold_following(contract_ids)
    known = sources.paid(held)
    return sum(_set(each.contract, each, known.get(each.id), ResultSource.PAYMENTS) for each in held)


def _set(contract: Contract, target: ContractTarget, achieved: Decimal | None, source: ResultSource) -> bool:
    is_followed = source is not ResultSource.PAYMENTS or target.achieved_from in (None, source)
    if target.achieved == achieved and is_followed:
        return False
    before, target.achieved = target.achieved, achieved
    target.achieved_from = None if achieved is None else source
    target.achieved_at = None if achieved is None else clock.now()
    period = f"{target.starts_on} – {target.ends_on}"
    said = {"period": [None, period], "achieved": [journal.plain(before), journal.plain(achieved)]}
    journal.record(_SAID[source], contract, changes=said)
    db.session.flush()
    return True


def check(data: bytes) -> list[Checked]:
    """Read a list and find the target of each row; changes nothing. Raises SheetError and its like."""
    table = read_table(data)
    places = rules.columns(table.rows[0]) if table.rows else {}
    if not {"number", "achieved"} <= set(places):
        raise ColumnsMissing
    if len(table.rows) - 1 > MOST_LINES:
        raise ListTooLong
    lines = [rules.line(number, cells, places) for number, cells in zip(table.lines[1:], table.rows[1:], strict=True)]
    known = queries.by_numbers({line.number for line in lines if not line.fault})
    found, seen = [], set[int]()
    for line in lines:
        row = _checked(line, known.get(line.number, []))
        if row.target is not None and row.target.id in seen:
            row = Checked(line, "named_twice", row.contract)
        if row.target is not None:
            seen.add(row.target.id)
        found.append(row)
    return found


def _checked(line: rules.Line, known: Sequence[tuple[Contract, ContractTarget | None]]) -> Checked:
    if line.fault:
        return Checked(line, line.fault)
    if not known:
        return Checked(line, "no_contract")
    contract = known[0][0]
    targets = [target for _contract, target in known if target is not None]
    fitting = [
        target
        for target in targets
        if (line.starts_on is None or target.starts_on == line.starts_on)
        and (line.ends_on is None or target.ends_on == line.ends_on)
    ]
    if len(fitting) == 1:
        return Checked(line, "", contract, fitting[0])
    return Checked(line, "no_target" if not fitting else "which_target", contract)


def apply(rows: Sequence[Checked]) -> int:
    """Set what the good rows of a checked list say; return how many targets have changed."""
    # In the order in which payments hold them, else two could wait for each other.
    changed = sorted((row for row in rows if row.changes), key=lambda row: row.target.id if row.target else 0)
    for row in changed:
        assert row.contract is not None
        assert row.target is not None
        set_achieved(row.contract, row.target, row.line.achieved, ResultSource.IMPORTED)
    return len(changed)
