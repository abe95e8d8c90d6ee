"""Who is behind their sales target; typing in what was achieved, and taking it from a list."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import current_app, flash, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from sqlalchemy import false, or_, select
from sqlalchemy.orm import contains_eager

from app import clock, files
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.register.opened import limit, the_record
from app.blueprints.contracts.register.queries import ZONE
from app.blueprints.contracts.register.rules import targets as rules
from app.blueprints.contracts.register.rules.targets import Course
from app.blueprints.contracts.register.targets import actions, queries, sources
from app.blueprints.contracts.register.words import COURSES, LIST_FAULTS, SOURCES
from app.errors import SigningDayError
from app.extensions import db
from app.models import Contract, ContractTarget, Dealer, File, ResultSource, User
from app.names import search_patterns
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.nav import door
from app.web.render import back_or, back_to, page
from app.web.tables import Column, Filter, Option, Table, TableSpec, counted

P = Permission
T = ContractTarget
# A row shows little of its contract, and its dealer is joined only where the order asks for it: counting the chips goes
# through every target.
_SHOWN = (Contract.number, Contract.currency, Contract.dealer_id, Contract.rep_id)
_SORT_KEY = select(Dealer.sort_key).where(Dealer.id == Contract.dealer_id).scalar_subquery()
_SHOWN_LINES = 200
_LATELY = timedelta(days=366)  # what was over before is looked at when somebody asks for it


class ListForm(FlaskForm):
    """A list of what was achieved."""

    file = FileField(_("List of results"), [FileRequired(_("Please choose a file."))])


def _spec(today: Any) -> TableSpec:
    pairs = [Option(each.value, word.text, word.tone, word.icon) for each, word in COURSES.items()]
    columns = (
        Column("dealer", _("Dealer"), _SORT_KEY, hideable=False, text=lambda row: row.contract.dealer.company),
        Column("number", _("Contract number"), Contract.number, text=lambda row: row.contract.number or ""),
        Column("starts_on", _("First day"), T.starts_on, text=lambda row: row.starts_on),
        Column("ends_on", _("Last day"), T.ends_on, text=lambda row: row.ends_on),
        Column("amount", _("Target"), T.amount, numeric=True, text=lambda row: row.amount),
        Column("achieved", _("Achieved"), T.achieved, numeric=True, text=lambda row: row.achieved),
        Column("source", _("Result from"), shown=False, text=_source_said),
        Column("course", _("How it goes")),
        Column("rep", _("Rep"), text=lambda row: row.contract.rep.name if row.contract.rep else ""),
    )
    return TableSpec(
        name="targets",
        columns=columns,
        tie=T.id,
        default_sort="ends_on",
        search=_searched,
        filters=(
            Filter("course", _("How it goes"), queries.course(today), lambda counts: counted(pairs, counts), _known),
        ),
        row_url=lambda row: url_for("contracts.record", contract_id=row.contract_id),
        exports=me().can(P.EXPORT_LISTS),
        file_name="targets",
        load=(
            contains_eager(T.contract).load_only(*_SHOWN, raiseload=True),
            contains_eager(T.contract)
            .joinedload(Contract.dealer)
            .load_only(Dealer.company, Dealer.contact, raiseload=True),
            contains_eager(T.contract).joinedload(Contract.rep).load_only(User.name, raiseload=True),
        ),
    )


def _source_said(row: ContractTarget) -> str:
    return str(SOURCES[row.achieved_from]) if row.achieved_from else ""


def _known(value: str) -> str:
    return Course(value).value


def _searched(typed: str) -> Any:
    patterns = search_patterns(typed)
    by_name = select(Dealer.id).where(*(Dealer.search_key.like(each) for each in patterns))
    return or_(
        Contract.dealer_id.in_(by_name) if patterns else false(), Contract.number.like(f"{typed.strip().upper()}%")
    )


@blueprint.get("/contracts/targets/")
@requires(P.VIEW_CONTRACTS)
def targets() -> Any:
    today = clock.today(ZONE)
    is_whole = bool(request.args.get("all"))
    since = None if is_whole else today - _LATELY
    table = Table(_spec(today), queries.targets(limit(), since))
    if table.wants_export:
        return table.export()
    table.load()
    rows = dict(zip((row.id for row in table.rows), all_shown(table.rows, today), strict=True))
    return page(
        "contracts/register/targets.html",
        fragment="contracts/register/_targets.html",
        table=table,
        shown=rows,
        is_whole=is_whole,
    )


def all_shown(rows: Sequence[ContractTarget], today: date) -> list[dict[str, Any]]:
    """Return how targets go and where that is known from; where somebody said it, also what the payments say."""
    said = (ResultSource.TYPED, ResultSource.IMPORTED)
    paid = sources.paid([row for row in rows if row.achieved_from in said])
    return [_shown(row, today, paid.get(row.id)) for row in rows]


def _shown(row: ContractTarget, today: date, paid: Decimal | None) -> dict[str, Any]:
    how = rules.course(row.amount, row.achieved, row.starts_on, row.ends_on, today)
    share = float(row.achieved / row.amount) if row.achieved is not None and row.amount else 0.0
    rows_page = sources.rows_page() if row.achieved_from is ResultSource.PAYMENTS or paid is not None else ""
    return {
        "course": COURSES[how],
        "share": share,
        "due": rules.due_by(row.amount, row.starts_on, row.ends_on, today),
        "is_running": row.starts_on <= today <= row.ends_on,
        "source": SOURCES[row.achieved_from] if row.achieved_from else "",
        "paid": paid if paid != row.achieved else None,
        "rows_url": door(rows_page, contract_id=row.contract_id, target_id=row.id) if rows_page else "",
    }


@blueprint.post("/contracts/<int:contract_id>/targets/<int:target_id>")
@requires(P.FILE_CONTRACTS)
def target_set(contract_id: int, target_id: int) -> Any:
    """Type in what was achieved; nothing typed: not known."""
    contract, _by_release = the_record(contract_id)
    target = found(queries.one(contract, target_id))
    typed = request.form.get("achieved", "").strip()
    try:
        achieved = rules.amount(typed) if typed else None
    except (ValueError, ArithmeticError):
        flash(gettext("“%(typed)s” is not a sum, so nothing was changed.", typed=typed[:40]), "danger")
        return back_or(f"/contracts/{contract_id}")
    actions.set_achieved(contract, target, achieved)
    db.session.commit()
    flash(gettext("Saved."), "success")
    return back_or(f"/contracts/{contract_id}")


@blueprint.post("/contracts/<int:contract_id>/targets/<int:target_id>/follow")
@requires(P.FILE_CONTRACTS)
def target_follow(contract_id: int, target_id: int) -> Any:
    """Let the payments say what was achieved, instead of what was typed or imported."""
    contract, _by_release = the_record(contract_id)
    actions.follow_payments(contract, found(queries.one(contract, target_id)))
    db.session.commit()
    flash(gettext("The result follows the payments now."), "success")
    return back_or(f"/contracts/{contract_id}")


@blueprint.route("/contracts/targets/import", methods=["GET", "POST"])
@requires(P.FILE_CONTRACTS)
def target_import() -> Any:
    """Check a list: what each row would change, and why it would not. Nothing changes yet."""
    form = ListForm()
    if request.method == "GET" or not form.validate():
        return page("contracts/register/target_import.html", status=_status(), form=form, rows=None)
    data = form.file.data.read()
    try:
        rows = actions.check(data)
    except SigningDayError as fault:
        form.file.errors = [gettext(fault.sentence)]
        return page("contracts/register/target_import.html", status=422, form=form, rows=None)
    kept = files.keep(
        data,
        folder=current_app.config["SIGNING_DAY_HOME"],
        name=form.file.data.filename or "targets",
        media_type="application/octet-stream",
        by_id=me().id,
    )
    db.session.commit()
    return page("contracts/register/target_import.html", form=form, file=kept, **_counted(rows))


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _counted(rows: list[actions.Checked]) -> dict[str, Any]:
    refused = [row for row in rows if row.fault]
    return {
        "rows": [*refused, *(row for row in rows if not row.fault)][:_SHOWN_LINES],
        "total": len(rows),
        "changing": sum(1 for row in rows if row.changes),
        "same": sum(1 for row in rows if not row.fault and not row.changes),
        "refused": len(refused),
        "faults": LIST_FAULTS,
        "sources": SOURCES,
    }


@blueprint.post("/contracts/targets/import/<int:file_id>")
@requires(P.FILE_CONTRACTS)
def target_apply(file_id: int) -> Any:
    """Take over the good rows of the list that was checked. It is checked again: the contracts may have changed."""
    file = found(db.session.get(File, file_id))
    found(file if file.created_by_id == me().id and file.media_type == "application/octet-stream" else None)
    rows = actions.check(files.read(file, folder=current_app.config["SIGNING_DAY_HOME"]))
    changed = actions.apply(rows)
    db.session.commit()
    flash(ngettext("%(num)d target was updated.", "%(num)d targets were updated.", changed), "success")
    return back_to("contracts.targets")
