"""How the rows of a bank file are listed: what does not match first."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import or_
from sqlalchemy.orm import joinedload

from app.blueprints.receivables.bank import queries
from app.models import BankFile, BankRow, BankRowState, BankVerdict
from app.web.tables import Column, Filter, Option, TableSpec, counted, like
from app.web.words import word

STANDINGS = (
    *(BankVerdict.NONE, BankVerdict.TIE, BankVerdict.LIKELY, BankVerdict.CERTAIN, BankVerdict.OUTGOING),
    *(BankRowState.MATCHED, BankRowState.IGNORED),
)


def _chips(counts: dict[Any, int]) -> list[Option]:
    pairs = [Option(each.value, word(each).text, word(each).tone, word(each).icon) for each in STANDINGS]
    return counted(pairs, counts)


def _parse(value: str) -> str:
    return next(each.value for each in STANDINGS if each.value == value)


def rows_table(bank_file: BankFile) -> TableSpec:
    """Return the description of the list."""
    return TableSpec(
        name="bank_rows",
        columns=(
            Column("party", _("Payer and memo"), BankRow.payer, hideable=False, text=lambda row: row.payer),
            Column("standing", _("State"), queries.urgency(), hideable=False),
            Column("booked_on", _("Day"), BankRow.booked_on, text=lambda row: row.booked_on),
            Column("amount", _("Sum"), BankRow.amount, numeric=True, hideable=False, text=lambda row: row.amount),
            Column("proposal", _("What it pays"), hideable=False),
            Column("serial", _("The bank’s number"), BankRow.serial, shown=False, text=lambda row: row.serial),
            Column("act", _("Act"), hideable=False),
        ),
        tie=BankRow.id,
        default_sort="standing",
        search=lambda typed: or_(
            BankRow.payer.ilike(like(typed), escape="\\"),
            BankRow.memo.ilike(like(typed), escape="\\"),
            BankRow.serial.ilike(like(typed), escape="\\"),
        ),
        filters=(Filter("standing", _("State"), queries.standing_column(), _chips, _parse),),
        row_url=lambda row: url_for("receivables.bank_row", file_id=bank_file.id, row_id=row.id),
        selectable=True,
        load=(joinedload(BankRow.dealer),),
    )
