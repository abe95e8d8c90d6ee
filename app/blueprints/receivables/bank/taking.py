"""Taking a bank file in: its rows written down once, and what is proposed for those that nobody has decided on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, bindparam, delete, exists, select, update

from app import clock, journal
from app.blueprints.receivables.bank import comparing
from app.blueprints.receivables.bank.reading.columns import signature
from app.blueprints.receivables.bank.reading.lines import Line, Statement
from app.blueprints.receivables.bank.rules import identity, outgoing
from app.blueprints.receivables.bank.rules.known import Plan, Proposal
from app.blueprints.receivables.bank.rules.matching import match
from app.errors import N_, SigningDayError
from app.extensions import db
from app.many import chunks, insert_many, reserve_ids
from app.models import BankAccount, BankFile, BankFileRow, BankFileState, BankMatch, BankRow, BankRowState, File

LARGEST_PART = 1_000  # proposals written in one transaction


def begin(account: BankAccount, statement: Statement, *, file: File, file_name: str, by_id: int | None) -> BankFile:
    """Write down that a file was brought, and how it would be read."""
    bank_file = BankFile(
        account_id=account.id,
        file_id=file.id,
        file_name=file_name[:200],
        created_at=clock.now(),
        created_by_id=by_id,
        format=statement.format,
        state=BankFileState.UNREAD,
    )
    bank_file.account = account
    lay_out(bank_file, statement)
    db.session.add(bank_file)
    journal.record("bank_file.brought", bank_file, changes={"file": [None, bank_file.file_name]})
    return bank_file


def lay_out(bank_file: BankFile, statement: Statement) -> None:
    """Note how the file is read now, and what of it cannot be read."""
    bank_file.sheet = statement.sheet[:100]
    bank_file.header_row = statement.header_row
    bank_file.mapping = dict(statement.mapping)
    bank_file.top_rows = [list(pair) for pair in statement.top_rows]
    bank_file.faults = [list(asdict(each).values()) for each in statement.faults]
    bank_file.counts = {"lines": len(statement.lines)}


def remember(bank_file: BankFile, headings: Sequence[str], mapping: dict[str, int]) -> None:
    """Read files of this account with these headings so from now on."""
    account = bank_file.account
    account.mappings = account.mappings | {signature(headings): mapping}
    journal.record("bank_account.mapped", account, changes={})


def held_account(account_id: int) -> BankAccount:
    """Return the account, held until the transaction ends: its files are taken in one after the other."""
    statement = select(BankAccount).where(BankAccount.id == account_id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def take_in(bank_file: BankFile, lines: Sequence[Line]) -> None:
    """Write the rows down that are not there yet. The account is held, so nobody else adds the same ones meanwhile."""
    account = held_account(bank_file.account_id)
    there = set(db.session.scalars(select(BankFileRow.row_id).where(BankFileRow.file_id == bank_file.id).limit(1)))
    if there:
        return  # an earlier try of the same job has done it
    by_key = dict(zip(identity.keys(lines), lines, strict=True))
    known = _known(account.id, list(by_key))
    new = [key for key in by_key if key not in known]
    ids = dict(zip(new, reserve_ids(BankRow, len(new)), strict=True))
    odd = _odd(account.id, [by_key[key] for key in new])
    for some in chunks(new):
        insert_many(BankRow, [_row(account, ids[key], key, by_key[key], odd) for key in some])
    all_ids = known | ids
    for some in chunks(list(by_key)):
        rows = [
            {"file_id": bank_file.id, "row_id": all_ids[key], "line": by_key[key].line, "is_new": key in ids}
            for key in some
        ]
        insert_many(BankFileRow, rows)
    bank_file.counts = {"lines": len(by_key), "new": len(new), "known": len(by_key) - len(new)}
    journal.record("bank_file.taken", bank_file, changes={"rows": [None, len(by_key)], "new_rows": [None, len(new)]})


class RowsDecided(SigningDayError):
    """Something was decided of rows that came with the file, now or once."""

    code = "bank_rows_decided"
    sentence = N_("Rows of this file have been matched or ignored, so it stays. Undo single rows instead.")


class RowsElsewhere(SigningDayError):
    """Another file shows rows that came with this one."""

    code = "bank_rows_elsewhere"
    sentence = N_("Another file shows the same rows, so this one stays. Take that one back first.")


def take_back(bank_file: BankFile) -> None:
    """Forget the rows that came with a file of which nothing was decided: it was read wrongly, or is not ours."""
    held_account(bank_file.account_id)
    brought = select(BankFileRow.row_id).where(BankFileRow.file_id == bank_file.id, BankFileRow.is_new.is_(True))
    if db.session.scalar(select(exists().where(BankMatch.row_id.in_(brought)))):
        raise RowsDecided
    elsewhere = exists().where(BankFileRow.row_id.in_(brought), BankFileRow.file_id != bank_file.id)
    if db.session.scalar(select(elsewhere)):
        raise RowsElsewhere
    ids = db.session.scalars(brought).all()
    db.session.execute(delete(BankFileRow).where(BankFileRow.file_id == bank_file.id))
    for some in chunks(ids):
        db.session.execute(delete(BankRow).where(BankRow.id.in_(some)))
    bank_file.state, bank_file.counts = BankFileState.UNREAD, {}
    journal.record("bank_file.taken_back", bank_file, changes={"rows": [len(ids), None]})


def _known(account_id: int, keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(keys):
        statement = select(BankRow.key, BankRow.id).where(BankRow.account_id == account_id, BankRow.key.in_(some))
        found.update(db.session.execute(statement).all())
    return found


def _odd(account_id: int, lines: Sequence[Line]) -> set[str]:
    """The bank's numbers of these lines that stand at other sums, here or in earlier files."""
    serials = sorted({line.serial for line in lines if line.serial})
    pairs = [(line.serial, line.amount) for line in lines]
    for some in chunks(serials):
        statement = select(BankRow.serial, BankRow.amount).where(BankRow.account_id == account_id)
        pairs += db.session.execute(statement.where(BankRow.serial.in_(some))).all()
    return identity.odd_serials(pairs)


def _row(account: BankAccount, row_id: int, key: str, line: Line, odd: Collection[str]) -> dict[str, Any]:
    return {
        "id": row_id,
        "account_id": account.id,
        "key": key,
        "booked_on": line.booked_on,
        "amount": line.amount,
        "currency": line.currency or account.currency,
        "payer": line.payer,
        "payer_account": line.payer_account,
        "memo": line.memo,
        "serial": line.serial,
        "is_odd": line.serial in odd,
        "state": BankRowState.OPEN,
        "verdict": None,
        "reasons": [],
        "proposal": {},
        "dealer_id": None,
    }


def proposals(row_ids: Collection[int] | None = None, file_id: int | None = None) -> list[Proposal]:
    """Return what is proposed for open rows: those of a file, or these. Changes nothing."""
    statement = select(BankRow).where(BankRow.state == BankRowState.OPEN)
    if file_id is not None:
        in_file = select(BankFileRow.row_id).where(BankFileRow.file_id == file_id)
        statement = statement.where(BankRow.id.in_(in_file))
    if row_ids is not None:
        statement = statement.where(BankRow.id.in_(sorted(row_ids)))
    rows = db.session.execute(statement.with_only_columns(*BankRow.__table__.c).order_by(BankRow.id)).all()
    came = comparing.incoming(row for row in rows if row.amount > 0)
    left = comparing.incoming(row for row in rows if row.amount < 0)
    known = comparing.known_for(came, left)
    return [*match(came, known), *(outgoing.judge(row, known) for row in left)]


def write(found: Sequence[Proposal]) -> None:
    """Write proposals down for rows that are still open."""
    table = cast(Table, BankRow.__table__)
    statement = (
        update(table)
        .where(table.c.id == bindparam("of_row"), table.c.state == BankRowState.OPEN)
        .values(
            verdict=bindparam("new_verdict"),
            reasons=bindparam("new_reasons"),
            proposal=bindparam("new_proposal"),
            dealer_id=bindparam("new_dealer"),
        )
    )
    rows = [
        {
            "of_row": each.row_id,
            "new_verdict": each.verdict,
            "new_reasons": [list(reason) for reason in each.reasons],
            "new_proposal": _plain(each.plans),
            "new_dealer": each.plan.dealer_id if each.plan else None,
        }
        for each in found
    ]
    if rows:
        db.session.connection().execute(statement, rows)


def _plain(plans: Sequence[Plan]) -> dict[str, Any]:
    return {"ways": [each.plain() for each in plans]} if plans else {}


def parts(found: Sequence[Proposal]) -> Iterator[Sequence[Proposal]]:
    """Cut proposals into what one transaction writes."""
    return chunks(found, LARGEST_PART)


def refresh(dealers: Collection[int], payers: Collection[str] = (), row_ids: Collection[int] = ()) -> None:
    """Look anew at open rows that concern these dealers or payers, since something of theirs may have been booked."""
    concerns: ColumnElement[bool] = BankRow.dealer_id.in_(sorted(dealers)) | BankRow.id.in_(sorted(row_ids))
    if named := sorted({payer for payer in payers if payer}):
        concerns |= BankRow.payer.in_(named)
    ids = db.session.scalars(select(BankRow.id).where(BankRow.state == BankRowState.OPEN, concerns)).all()
    for some in chunks(ids):
        write(proposals(some))
