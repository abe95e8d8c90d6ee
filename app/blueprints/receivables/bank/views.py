"""Bank files: brought, read, and listed with what is proposed."""

from pathlib import Path
from typing import Any

from flask import current_app, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from app import clock, files, journal
from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.bank import deciding, jobs, payers, queries, shown, steps, tables, taking, words
from app.blueprints.receivables.bank.forms import NEW, UploadForm
from app.blueprints.receivables.bank.reading.lines import BankFileError, Statement
from app.blueprints.receivables.views import tabs
from app.extensions import db
from app.models import BankAccount, BankFile, BankFileState, JobState
from app.sheets import SheetError, SheetTooLarge
from app.web.errors import answer, sentence
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page
from app.web.tables import Table

P = Permission
AT = "/payments/bank/<int:file_id>"
LONGEST_NAME = 200


def folder() -> Path:
    folder: Path = current_app.config["SIGNING_DAY_HOME"]
    return folder


def the_file(file_id: int) -> BankFile:
    return found(queries.bank_file(file_id))


@blueprint.route("/payments/bank/", methods=["GET", "POST"])
@requires(P.CONFIRM_RECEIPTS)
def bank() -> Any:
    """The files there are, and a new one brought. What is wrong with it is said beside the field."""
    form = UploadForm(queries.accounts())
    if not form.validate_on_submit():
        return _start(form, 422 if form.is_submitted() else 200)
    upload = form.file.data
    data, name = upload.read(), Path(upload.filename or "").name[-LONGEST_NAME:] or _("unnamed")
    account = _account(form)
    try:
        statement = steps.first_read(data, account)
    except (BankFileError, SheetError) as fault:
        form.file.errors = [sentence(fault)]
        return _start(form, 422)
    return _taken(form, account, statement, data, name)


def _account(form: UploadForm) -> BankAccount:
    """The account that was chosen, or the new one, which is not written down before its file could be read."""
    if form.account.data != NEW:
        return form.known[form.account.data]
    return BankAccount(
        name=(form.name.data or "").strip(),
        number=(form.number.data or "").strip(),
        currency=form.currency.data,
        mappings={},
        created_at=clock.now(),
        created_by_id=me().id,
    )


def _taken(form: UploadForm, account: BankAccount, statement: Statement, data: bytes, name: str) -> Any:
    if form.account.data == NEW:
        db.session.add(account)
        journal.record("bank_account.opened", account, changes={"name": [None, account.name]})
    else:
        account = taking.held_account(form.account.data)
    kept = files.keep(data, folder=folder(), name=name, media_type="application/octet-stream", by_id=me().id)
    before = queries.same_bytes(account.id, kept.sha256)
    if before is not None:
        before_id = before.id
        db.session.rollback()
        flash(_("This very file is here already. Nothing was added."), "info")
        return back_to("receivables.bank_show", file_id=before_id)
    bank_file = taking.begin(account, statement, file=kept, file_name=name, by_id=me().id)
    return take_or_ask(bank_file, statement)


def take_or_ask(bank_file: BankFile, statement: Statement) -> Any:
    """Take a readable file in, at once or by the worker; of another a person says how it is to be read. Commits."""
    db.session.flush()
    file_id, count = bank_file.id, len(statement.lines)
    if statement.faults:
        bank_file.state = BankFileState.UNREAD
        db.session.commit()
        return back_to("receivables.bank_columns", file_id=file_id)
    if count >= steps.LARGE:
        address = url_for("receivables.bank_show", file_id=file_id)
        jobs.begin(bank_file, jobs.TAKE, by_id=me().id, result_url=address, total=2 * count)
        db.session.commit()
    else:
        bank_file.state = BankFileState.WORKING
        db.session.commit()
        steps.take(file_id, folder())
    return back_to("receivables.bank_show", file_id=file_id)


def _start(form: UploadForm, status: int = 200) -> Any:
    return page(
        "receivables/bank/index.html",
        status=status,
        form=form,
        files=queries.files(),
        waiting=queries.undecided_files(),
        payers=payers.remembered(),
        tabs=tabs("receivables.bank", None),
    )


@blueprint.errorhandler(RequestEntityTooLarge)
def bank_file_too_large(error: RequestEntityTooLarge) -> Any:
    """Say so beside the field. The request was refused before its form was read, so the form is a fresh one."""
    db.session.rollback()
    if request.endpoint != "receivables.bank":
        return answer(413, "request_entity_too_large", _("The file is too large."))
    form = UploadForm(queries.accounts(), formdata=None)
    form.file.errors = [sentence(SheetTooLarge())]
    return _start(form, 413)


@blueprint.get(AT)
@requires(P.CONFIRM_RECEIPTS)
def bank_show(file_id: int) -> Any:
    """The rows of a file: what does not match first, then choices and proposals."""
    bank_file = the_file(file_id)
    if bank_file.state is BankFileState.UNREAD:
        return back_to("receivables.bank_columns", file_id=file_id)
    table = Table(tables.rows_table(bank_file), queries.rows(file_id)).load()
    table.saved_views, table.save_view_url = [], None
    has_failed = _has_failed(bank_file)
    return page(
        "receivables/bank/show.html",
        fragment="receivables/bank/_rows.html",
        bank_file=bank_file,
        table=table,
        ways=shown.ways(table.rows),
        decided=shown.decided(table.rows),
        standing=queries.standing,
        seen=deciding.seen,
        totals=queries.totals(file_id),
        fees=queries.fees(file_id),
        counts=queries.counts(file_id),
        at_work=queries.is_at_work(bank_file) and not has_failed,
        has_failed=has_failed,
        reasons=words.reasons,
        missing=queries.missing_slips(file_id),
        history_lines=lines(bank_file),
    )


def _has_failed(bank_file: BankFile) -> bool:
    """Whether nobody works at what is not ended: the job failed, or the request that did it died."""
    job = bank_file.job
    return queries.is_at_work(bank_file) and (job is None or job.state is JobState.FAILED)


@blueprint.get(AT + "/progress")
@requires(P.CONFIRM_RECEIPTS)
def bank_progress(file_id: int) -> Any:
    """How far the worker is; once it has ended, the page loads itself anew."""
    bank_file = the_file(file_id)
    response = make_response(render_template("receivables/bank/_progress.html", bank_file=bank_file))
    if _has_failed(bank_file) or not queries.is_at_work(bank_file):
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post(AT + "/again")
@requires(P.CONFIRM_RECEIPTS)
def bank_again(file_id: int) -> Any:
    """Take up again what failed; or match anew what is open, since contracts and slips may have come since."""
    bank_file = queries.locked(the_file(file_id).id)
    count = int(bank_file.counts.get("lines", 0))
    if bank_file.state is BankFileState.READY and count < steps.LARGE:
        steps.propose(file_id)
        flash(_("Matched anew."), "success")
    elif not queries.is_at_work(bank_file) or _has_failed(bank_file):
        kind = jobs.CONFIRM if bank_file.state is BankFileState.CONFIRMING else jobs.TAKE
        address = url_for("receivables.bank_show", file_id=file_id)
        jobs.begin(bank_file, kind, by_id=me().id, result_url=address, total=2 * count)
    db.session.commit()
    return back_to("receivables.bank_show", file_id=file_id)
