"""Receipts: taken down from a slip, divided, confirmed, bounced, reversed."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.receivables import blueprint, queries, tables
from app.blueprints.receivables.bank import queries as bank
from app.blueprints.receivables.ledger import actions as ledger
from app.blueprints.receivables.ledger import queries as ledger_queries
from app.blueprints.receivables.loading import MAY_SEE, own_id, the_receipt, the_receivable, today
from app.blueprints.receivables.receipts import actions
from app.blueprints.receivables.receipts import queries as receipts_
from app.blueprints.receivables.receipts.forms import ReasonForm, ReceiptForm, RefundForm
from app.blueprints.receivables.rules.sums import Share, propose
from app.blueprints.receivables.views import tabs
from app.errors import SigningDayError
from app.extensions import db
from app.models import Receipt
from app.web.errors import sentence
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page
from app.web.tables import Table
from app.web.uploads import kept, shown

P = Permission
SLIPS = {"image/jpeg", "image/png", "application/pdf"}
AT = "/payments/receipts/<int:receipt_id>"


@blueprint.get("/payments/receipts/")
@requires(*MAY_SEE)
def receipts() -> Any:
    table = Table(
        tables.receipt_list(exports=me().can(P.EXPORT_LISTS)), receipts_.receipts(own_id()).join(Receipt.dealer)
    )
    if table.wants_export:
        return table.export()
    return page(
        "receivables/receipts.html",
        fragment="receivables/_receipts.html",
        table=table.load(),
        tabs=tabs("receivables.receipts", None),
    )


@blueprint.route("/payments/<int:receivable_id>/receipt", methods=["GET", "POST"])
@requires(P.RECORD_RECEIPTS)
def record(receivable_id: int) -> Any:
    """Take money down for a receivable; how it is divided is proposed on the next page."""
    row, day = the_receivable(receivable_id), today()
    form = ReceiptForm(row.currency, day)
    if request.method == "GET":
        form.amount.data, form.received_on.data = row.open_amount, day
        return page("receivables/record.html", form=form, row=row)
    file = None
    if form.validate() and form.slip.data:
        file = kept(form.slip, SLIPS)
    if form.errors or form.slip.errors:
        return page("receivables/record.html", status=422, form=form, row=row)
    made = actions.record(row.dealer, form.given(), by_id=me().id, file=file)
    db.session.commit()
    return back_to("receivables.receipt", receipt_id=made.id, named=row.id)


@blueprint.get(AT)
@requires(*MAY_SEE)
def receipt(receipt_id: int) -> Any:
    return _shown(the_receipt(receipt_id))


def _shown(row: Receipt, *, status: int = 200, **forms: Any) -> Any:
    owed = queries.open_of_dealer(row.dealer_id, row.currency)
    named = request.values.get("named", None, int)
    live = {each.id for each in ledger_queries.live_postings(row.id)}
    blank: dict[str, Any] = {
        "bounce_form": ReasonForm(formdata=None),
        "refund_form": RefundForm(formdata=None),
        "fault": "",
    }
    return page(
        "receivables/receipt.html",
        status=status,
        row=row,
        owed=owed,
        named=named,
        proposed={share.receivable_id: share.amount for share in propose(row.free, queries.items(owed), named)},
        live=live,
        may_divide=me().can(P.CONFIRM_RECEIPTS) or (me().id == row.recorded_by_id and not row.confirmed_at),
        bank_rows=bank.rows_of_receipt(row.id),
        history_lines=lines(row),
        **blank | forms,
    )


@blueprint.post(AT + "/divide")
@requires(P.RECORD_RECEIPTS)
def divide(receipt_id: int) -> Any:
    """Book the receipt on what is owed, as it stands in the fields. A rep may do so until finance has confirmed."""
    row = the_receipt(receipt_id)
    if not (me().can(P.CONFIRM_RECEIPTS) or (me().id == row.recorded_by_id and not row.confirmed_at)):
        return _shown(row, status=422, fault=_("Finance has confirmed this receipt; only finance divides it now."))
    try:
        ledger.allocate(row.id, _typed_shares(), by_id=me().id)
    except (SigningDayError, InvalidOperation) as fault:
        db.session.rollback()
        said = sentence(fault) if isinstance(fault, SigningDayError) else _("Please give sums, for instance 20000.00.")
        return _shown(the_receipt(receipt_id), status=422, fault=said)
    db.session.commit()
    flash(_("Booked."), "success")
    return back_to("receivables.receipt", receipt_id=receipt_id)


def _typed_shares() -> list[Share]:
    shares = []
    for name, value in request.form.items():
        prefix, _dash, number = name.partition("-")
        typed = value.replace(",", "").strip()
        if prefix == "share" and number.isdecimal() and typed:
            amount = Decimal(typed)
            if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
                raise InvalidOperation
            if amount:
                shares.append(Share(int(number), amount))
    if not shares:
        raise InvalidOperation
    return shares


@blueprint.post(AT + "/confirm")
@requires(P.CONFIRM_RECEIPTS)
def confirm(receipt_id: int) -> Any:
    ledger.confirm(the_receipt(receipt_id).id, by_id=me().id)
    db.session.commit()
    flash(_("Confirmed: the money is at the bank."), "success")
    return back_to("receivables.receipt", receipt_id=receipt_id)


@blueprint.post(AT + "/bounce")
@requires(P.CONFIRM_RECEIPTS)
def bounce(receipt_id: int) -> Any:
    row, form = the_receipt(receipt_id), ReasonForm()
    if not form.validate():
        return _shown(row, status=422, bounce_form=form)
    ledger.bounce(row.id, reason=form.reason.data or "", by_id=me().id)
    db.session.commit()
    flash(_("Bounced: what it paid is open again."), "success")
    return back_to("receivables.receipt", receipt_id=receipt_id)


@blueprint.post(AT + "/refund")
@requires(P.CONFIRM_RECEIPTS)
def refund(receipt_id: int) -> Any:
    row, form = the_receipt(receipt_id), RefundForm()
    if not form.validate():
        return _shown(row, status=422, refund_form=form)
    try:
        ledger.refund(row.id, form.amount.data or Decimal(0), reason=form.reason.data or "", by_id=me().id)
    except SigningDayError as fault:
        form.amount.errors = [sentence(fault)]
        return _shown(row, status=422, refund_form=form)
    db.session.commit()
    flash(_("Noted as given back."), "success")
    return back_to("receivables.receipt", receipt_id=receipt_id)


@blueprint.post(AT + "/postings/<int:posting_id>/reverse")
@requires(P.CONFIRM_RECEIPTS)
def reverse(receipt_id: int, posting_id: int) -> Any:
    row = the_receipt(receipt_id)
    posting = found(next((each for each in row.postings if each.id == posting_id), None))
    ledger.reverse(posting.id, reason=_("reversed by hand"), by_id=me().id)
    db.session.commit()
    flash(_("Reversed. The sum is free on the receipt again."), "success")
    return back_to("receivables.receipt", receipt_id=receipt_id)


@blueprint.get(AT + "/slip")
@requires(*MAY_SEE)
def slip(receipt_id: int) -> Any:
    return shown(found(the_receipt(receipt_id).file))
