"""Asking for a refund, a write-off or instalments: worked out first, shown, and then asked for."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.adjusting import actions, queries
from app.blueprints.receivables.adjusting.forms import (
    InstalmentForm,
    PartRow,
    RefundForm,
    WriteOffForm,
    parts_from,
    rows_from,
)
from app.blueprints.receivables.ledger import queries as ledger
from app.blueprints.receivables.loading import MAY_SEE, the_receivable, today
from app.blueprints.receivables.rules import refunds
from app.errors import SigningDayError
from app.extensions import db
from app.models import Receivable
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.render import back_to, page

P = Permission


@blueprint.route("/payments/<int:receivable_id>/refund", methods=["GET", "POST"])
@requires(P.CHASE_PAYMENTS)
def refund_paid(receivable_id: int) -> Any:
    """Work a refund out by the rule; the second button asks for it."""
    row = the_receivable(receivable_id)
    form = RefundForm(row.kind, ledger.held(row.id), row.currency)
    if request.method == "GET":
        return _refund_page(row, form)
    if not form.validate():
        return _refund_page(row, form, status=422)
    facts = actions.refund_facts(row, form.occasion.data, today=today(), **form.given())
    found = refunds.settle(facts, queries.refund_rules_of(row.event)[row.kind])
    if request.form.get("step") != "ask":
        return _refund_page(row, form, found=found)
    try:
        made = actions.ask_refund(row, facts, reason=form.reason.data or "", by_id=me().id)
    except SigningDayError as fault:
        db.session.rollback()
        return _refund_page(the_receivable(receivable_id), form, status=422, found=found, fault=sentence(fault))
    db.session.commit()
    flash(_("Asked for. Two other people have to agree."), "success")
    return back_to("receivables.adjustment", adjustment_id=made.id)


def _refund_page(row: Receivable, form: RefundForm, *, status: int = 200, **context: Any) -> Any:
    blank: dict[str, Any] = {"found": None, "fault": ""}
    return page(
        "receivables/refund.html",
        status=status,
        row=row,
        form=form,
        held=ledger.held(row.id),
        rule=queries.refund_rules_of(row.event)[row.kind],
        base=refunds.earnest_base(ledger.held(row.id), row.contract.total, row.currency),
        **blank | context,
    )


@blueprint.route("/payments/<int:receivable_id>/write-off", methods=["GET", "POST"])
@requires(P.CHASE_PAYMENTS)
def write_off(receivable_id: int) -> Any:
    row, form = the_receivable(receivable_id), WriteOffForm()
    if request.method == "GET":
        form.amount.data = row.open_amount
        return page("receivables/write_off.html", row=row, form=form)
    if form.validate():
        try:
            asked = form.amount.data or row.open_amount
            made = actions.ask_write_off(row, asked, reason=form.reason.data or "", by_id=me().id)
        except SigningDayError as fault:
            form.amount.errors = [sentence(fault)]
            db.session.rollback()
    if form.errors:
        return page("receivables/write_off.html", status=422, row=the_receivable(receivable_id), form=form)
    db.session.commit()
    flash(_("Asked for. Two other people have to agree."), "success")
    return back_to("receivables.adjustment", adjustment_id=made.id)


@blueprint.route("/payments/<int:receivable_id>/instalments", methods=["GET", "POST"])
@requires(P.CHASE_PAYMENTS)
def instalments(receivable_id: int) -> Any:
    """Propose equal parts, let them be changed, and ask for the agreement."""
    row, day = the_receivable(receivable_id), today()
    form = InstalmentForm()
    if request.method == "GET":
        form.number.data, form.days.data, form.first.data = 3, 30, day + timedelta(days=14)
        return _instalment_page(row, form, form.proposed(row))
    rows = rows_from(request.form.getlist("due_on"), request.form.getlist("part"))
    if request.form.get("step") != "ask":
        if not form.validate():
            return _instalment_page(row, form, rows, status=422)
        return _instalment_page(row, form, form.proposed(row))
    if not form.reason.validate(form):
        return _instalment_page(row, form, rows, status=422)
    try:
        parts = parts_from(rows)
        made = actions.ask_instalments(row, parts, reason=form.reason.data or "", today=day, by_id=me().id)
    except (SigningDayError, ValueError) as fault:
        db.session.rollback()
        said = sentence(fault) if isinstance(fault, SigningDayError) else str(fault)
        return _instalment_page(the_receivable(receivable_id), form, rows, status=422, fault=said)
    db.session.commit()
    flash(_("Asked for. Somebody else has to agree."), "success")
    return back_to("receivables.adjustment", adjustment_id=made.id)


def _instalment_page(
    row: Receivable, form: InstalmentForm, rows: list[PartRow], *, status: int = 200, fault: str = ""
) -> Any:
    return page("receivables/instalments.html", status=status, row=row, form=form, rows=rows, fault=fault)


@blueprint.get("/payments/<int:receivable_id>/interest")
@requires(*MAY_SEE)
def interest(receivable_id: int) -> Any:
    """Show interest and bonus as the rules have them, before anything is posted."""
    row, day = the_receivable(receivable_id), today()
    worked = queries.early_bonus(row)
    return page(
        "receivables/interest.html",
        row=row,
        today=day,
        terms=queries.terms_of(row.event),
        late=queries.late_interest(row, day),
        early=worked,
        place=queries.place_for_bonus(row, worked.left) if worked.left else None,
    )


@blueprint.post("/payments/<int:receivable_id>/interest/<any(interest, bonus):what>")
@requires(P.CONFIRM_RECEIPTS)
def post_by_rule(receivable_id: int, what: str) -> Any:
    """Post what the page showed: the rule says how much, finance says that it is posted."""
    row = the_receivable(receivable_id)
    post = actions.post_interest if what == "interest" else actions.post_bonus
    try:
        post(row, today(), by_id=me().id)
    except SigningDayError as fault:
        db.session.rollback()
        flash(sentence(fault), "danger")
        return back_to("receivables.interest", receivable_id=receivable_id)
    db.session.commit()
    flash(_("Posted."), "success")
    return back_to("receivables.show", receivable_id=receivable_id)
