"""The steps of a bank file as page and job take them: what takes long outside any transaction, writing in short ones.

Each step may die anywhere and be taken again: rows are taken in whole or not at all, proposals are only proposals, and
what is confirmed was confirmed row by row.
"""

from datetime import date
from pathlib import Path

from app import clock, files
from app.blueprints.receivables.bank import deciding, queries, taking
from app.blueprints.receivables.bank.reading.files import read
from app.blueprints.receivables.bank.reading.lines import Statement
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.jobs import Progress
from app.models import BankAccount, BankFile, BankFileState

# From so many rows on the worker does it, and the page shows how far it is.
LARGE = 500
ZONE = "Asia/Shanghai"  # of the bank
AT_ONCE = 50  # rows confirmed in one transaction


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def first_read(data: bytes, account: BankAccount) -> Statement:
    """Read a file that was brought just now. Whatever transaction was open ends first: reading may take seconds."""
    number, currency, known = account.number, account.currency, dict(account.mappings)
    db.session.rollback()
    return read(data, account=number, currency=currency, today=_today(), known=known)


def read_again(bank_file: BankFile, folder: Path, *, header_row: int, mapping: dict[str, int] | None) -> Statement:
    """Read a kept file, with a mapping or with the one guessed below another row of headings."""
    data = files.read(bank_file.file, folder=folder)
    number, currency = bank_file.account.number, bank_file.account.currency
    db.session.rollback()
    return read(data, account=number, currency=currency, today=_today(), header_row=header_row, mapping=mapping)


def _today() -> date:
    return clock.today(ZONE)


def take(file_id: int, folder: Path, progress: Progress = silent) -> None:
    """Take a file's rows in and say what is proposed for each. Commits."""
    db.session.rollback()
    with reading_only():
        bank_file = queries.bank_file(file_id)
        assert bank_file is not None
        held = dict(bank_file.mapping) if bank_file.top_rows else None
        statement = read_again(bank_file, folder, header_row=bank_file.header_row, mapping=held)
    total = 2 * len(statement.lines)
    progress(len(statement.lines) // 2, total)
    taking.take_in(queries.locked(file_id), statement.lines)
    db.session.commit()
    progress(len(statement.lines), total)
    propose(file_id, progress, len(statement.lines))
    bank_file = queries.locked(file_id)
    bank_file.state, bank_file.job_id = BankFileState.READY, None
    db.session.commit()


def propose(file_id: int, progress: Progress = silent, before: int = 0) -> None:
    """Match the open rows of a file, and write down what is proposed, a part at a time. Commits."""
    db.session.rollback()
    with reading_only():
        found = taking.proposals(file_id=file_id)
        db.session.rollback()
    done = before
    for part in taking.parts(found):
        taking.write(part)
        db.session.commit()
        done += len(part)
        progress(done, before + len(found))


def confirm_certain(file_id: int, by_id: int | None, progress: Progress = silent) -> int:
    """Confirm every row of a file that is certain now, whatever it was when it came. Commits."""
    propose(file_id)
    db.session.rollback()
    with reading_only():
        ids = list(queries.certain(file_id))
        db.session.rollback()
    done = confirm_some(ids, by_id, progress)
    propose(file_id)
    return done


def confirm_some(ids: list[int], by_id: int | None, progress: Progress = silent) -> int:
    """Confirm rows as proposed, each for itself; returns how many. Commits."""
    done = 0
    for start in range(0, len(ids), AT_ONCE):
        for row_id in ids[start : start + AT_ONCE]:
            try:
                with db.session.begin_nested():
                    deciding.confirm(row_id, by_id=by_id)
                done += 1
            except SigningDayError:
                continue  # decided, paid or cancelled in the meantime; it is looked at anew below
        db.session.commit()
        progress(min(start + AT_ONCE, len(ids)), len(ids))
    return done
