"""How a bank file is read, where a person has to say so: which row holds the headings, what the columns hold."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import journal
from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.bank import queries, steps, taking, words
from app.blueprints.receivables.bank.forms import LayoutForm, MappingForm, mapping_form
from app.blueprints.receivables.bank.reading.lines import BankFileError
from app.blueprints.receivables.bank.views import AT, folder, take_or_ask, the_file
from app.extensions import db
from app.models import BankFile, BankFileState
from app.sheets import SheetError
from app.web.errors import sentence
from app.web.guards import requires
from app.web.render import back_to, page

P = Permission


@blueprint.route(AT + "/columns", methods=["GET", "POST"])
@requires(P.CONFIRM_RECEIPTS)
def bank_columns(file_id: int) -> Any:
    """What the columns of a file hold. What is said here is remembered for files of this account."""
    bank_file = the_file(file_id)
    if bank_file.state is not BankFileState.UNREAD:
        return back_to("receivables.bank_show", file_id=file_id)
    form = mapping_form(bank_file) if bank_file.top_rows else None
    if request.method == "GET" or form is None:
        return _columns(bank_file, form)
    if not form.validate():
        return _columns(bank_file, form, 422)
    return _read_anew(bank_file.id, bank_file.header_row, form.mapping())


def _columns(bank_file: BankFile, form: MappingForm | None, status: int = 200) -> Any:
    return page(
        "receivables/bank/columns.html",
        status=status,
        bank_file=bank_file,
        mapping_form=form,
        layout_form=LayoutForm(bank_file, formdata=None),
        fault=words.fault,
    )


@blueprint.post(AT + "/layout")
@requires(P.CONFIRM_RECEIPTS)
def bank_layout(file_id: int) -> Any:
    """Take another row for the headings."""
    bank_file = the_file(file_id)
    form = LayoutForm(bank_file)
    if bank_file.state is not BankFileState.UNREAD or not form.validate():
        return back_to("receivables.bank_columns", file_id=file_id)
    return _read_anew(file_id, form.header_row.data, None)


def _read_anew(file_id: int, header_row: int, mapping: dict[str, int] | None) -> Any:
    try:
        statement = steps.read_again(the_file(file_id), folder(), header_row=header_row, mapping=mapping)
    except (BankFileError, SheetError) as fault:
        bank_file = the_file(file_id)
        form = mapping_form(bank_file)
        form.form_errors.append(sentence(fault))
        return _columns(bank_file, form, 422)
    bank_file = queries.locked(file_id)
    taking.lay_out(bank_file, statement)
    if mapping is not None:
        taking.remember(bank_file, statement.headings, mapping)
    if mapping is None:
        db.session.commit()
        return back_to("receivables.bank_columns", file_id=file_id)
    return take_or_ask(bank_file, statement)


@blueprint.post(AT + "/take-back")
@requires(P.CONFIRM_RECEIPTS)
def bank_take_back(file_id: int) -> Any:
    """Forget the rows of a file that was read wrongly; then it is read differently, or discarded."""
    bank_file = queries.locked(the_file(file_id).id)
    if bank_file.state is not BankFileState.READY:
        return back_to("receivables.bank_show", file_id=file_id)
    taking.take_back(bank_file)
    db.session.commit()
    return back_to("receivables.bank_columns", file_id=file_id)


@blueprint.post(AT + "/discard")
@requires(P.CONFIRM_RECEIPTS)
def bank_discard(file_id: int) -> Any:
    """Forget a file of which nothing was taken in."""
    bank_file = queries.locked(the_file(file_id).id)
    if bank_file.state is BankFileState.UNREAD:
        journal.record("bank_file.discarded", bank_file, changes={"file": [bank_file.file_name, None]})
        db.session.delete(bank_file)
        flash(_("The file was discarded. Nothing of it was taken in."), "success")
    db.session.commit()
    return back_to("receivables.bank")
