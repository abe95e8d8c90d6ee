"""One row of the bank: what is proposed and why, a choice where several ways fit, dividing by hand, undoing."""

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.bank import deciding, queries, shown, taking, undoing, words
from app.blueprints.receivables.bank.deciding import Part
from app.blueprints.receivables.bank.reading import values
from app.blueprints.receivables.bank.rules import terminal
from app.blueprints.receivables.bank.views import AT, the_file
from app.blueprints.receivables.receipts.forms import ReasonForm
from app.blueprints.receivables.rules.sums import ZERO, Share
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import BankFile, BankRow, BankRowState, Receipt
from app.web.errors import sentence
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found
from app.web.render import back_or, back_to, page

P = Permission
ROW = AT + "/rows/<int:row_id>"
MOST_DEALERS = 20


class NotASum(SigningDayError):
    """What was typed is no sum."""

    code = "not_a_sum"
    sentence = N_("Please give sums, for instance 20000.00.")


class ChooseADealer(SigningDayError):
    """Money needs somebody whose it is."""

    code = "choose_a_dealer"
    sentence = N_("Please choose whose money this is.")


class SeveralCurrencies(SigningDayError):
    """One transfer pays what is owed in one currency."""

    code = "several_currencies"
    sentence = N_("Please divide one row over what is owed in one currency.")


@blueprint.get(ROW)
@requires(P.CONFIRM_RECEIPTS)
def bank_row(file_id: int, row_id: int) -> Any:
    bank_file = the_file(file_id)
    return _shown(bank_file, found(queries.row(file_id, row_id)))


def _shown(bank_file: BankFile, row: BankRow, *, status: int = 200, fault: str = "", **forms: Any) -> Any:
    typed = request.values.get("q", "").strip()[:80]
    ways = shown.ways([row])[row.id]
    chosen = _dealers(row, [way.dealer.id for way in ways])
    blank: dict[str, Any] = {"ignore_form": ReasonForm(formdata=None), "undo_form": ReasonForm(formdata=None)}
    slips = [each for each in queries.slips_of(chosen) if row.amount > 0] if chosen else []
    return page(
        "receivables/bank/row.html",
        status=status,
        bank_file=bank_file,
        row=row,
        standing=queries.standing(row),
        ways=ways,
        seen=deciding.seen(row),
        reasons=words.reasons(row.reasons, row.currency),
        typed=typed,
        suggested=[each for each in queries.dealers_like(typed) if each.id not in chosen] if typed else [],
        dealers=list(queries.dealers(chosen).values()),
        owed=queries.open_of(chosen) if chosen else [],
        slips=slips,
        partly=[each for each in slips if _may_be_a_part(each, row)],
        receipts=queries.may_go_back(chosen, row) if row.amount < 0 and chosen else [],
        given=request.form,
        fault=fault,
        history_lines=lines(row),
        **blank | forms,
    )


def _may_be_a_part(slip: Receipt, row: BankRow) -> bool:
    """Tell whether a slip may have come with others, or less a fee; one of the row's own sum has its own button."""
    largest = row.amount / (1 - terminal.MOST_FEE)
    return slip.currency == row.currency and slip.amount != row.amount and slip.amount <= largest


def _dealers(row: BankRow, proposed: list[int]) -> list[int]:
    """Whose sums are shown for dividing: those proposed, and those somebody has looked for."""
    if row.state is not BankRowState.OPEN:
        return []
    named = [int(each) for each in request.values.getlist("dealer") if each.isdecimal()]
    return list(dict.fromkeys([*named, *proposed]))[:MOST_DEALERS]


def _after(file_id: int, row_id: int, dealers: set[int], payer: str, text: str) -> Any:
    """Say what was done, look at the other rows anew, and go on."""
    taking.refresh(dealers, [payer])
    db.session.commit()
    flash({"text": text, "undo_url": url_for("receivables.bank_undo", file_id=file_id, row_id=row_id)}, "success")  # type: ignore[arg-type]
    return back_or(url_for("receivables.bank_show", file_id=file_id))


@blueprint.post(ROW + "/confirm")
@requires(P.CONFIRM_RECEIPTS)
def bank_confirm(file_id: int, row_id: int) -> Any:
    """Do what was seen."""
    bank_file = the_file(file_id)
    row = found(queries.row(file_id, row_id))
    way = request.form.get("way", 0, int)
    ways = row.proposal.get("ways", [])
    dealers = {each["dealer"] for each in ways}
    dealers |= set(queries.dealers_of([slip for each in ways for slip in each.get("slips", ())]))
    try:
        taking.refresh(dealers, [row.payer], [row.id])  # a slip may have been taken down since
        deciding.confirm(row.id, by_id=me().id, way=way, looked_at=request.form.get("seen", ""))
    except SigningDayError as fault:
        return _refused(bank_file, row_id, fault)
    return _after(file_id, row_id, dealers, row.payer, _("Booked."))


def _refused(bank_file: BankFile, row_id: int, fault: SigningDayError) -> Any:
    """Nothing happened; the page again, with a fresh proposal where the old one does not hold any more."""
    file_id = bank_file.id
    db.session.rollback()
    row = found(queries.row(file_id, row_id))
    if row.state is BankRowState.OPEN:
        taking.refresh({each["dealer"] for each in row.proposal.get("ways", [])}, [row.payer], [row.id])
        db.session.commit()
    return _shown(the_file(file_id), found(queries.row(file_id, row_id)), status=422, fault=sentence(fault))


@blueprint.post(ROW + "/divide")
@requires(P.CONFIRM_RECEIPTS)
def bank_divide(file_id: int, row_id: int) -> Any:
    """Book the row as it stands in the fields; what is left over stays free on a receipt of the dealer named for it."""
    bank_file = the_file(file_id)
    row = found(queries.row(file_id, row_id))
    try:
        fee = _sum(request.form.get("fee", "").strip() or "0")
        parts, rate, currency = _typed(row, fee)
        deciding.settle(row.id, parts, by_id=me().id, rate=rate, currency=currency, fee=fee)
    except SigningDayError as fault:
        return _refused(bank_file, row_id, fault)
    return _after(file_id, row_id, {part.dealer_id for part in parts}, row.payer, _("Booked."))


def _typed(row: BankRow, fee: Decimal) -> tuple[list[Part], Decimal | None, str]:
    """Return what was typed as parts, the rate, and the currency of what is owed."""
    typed = {
        int(name[6:]): _sum(value)
        for name, value in request.form.items()
        if name.startswith("share-") and name[6:].isdecimal() and value.strip()
    }
    items, slips = queries.receivables(list(typed)), _ticked()
    currencies = {items[each].currency for each in typed if each in items} | {slip.currency for slip in slips}
    currencies = currencies or {row.currency}
    if len(currencies) > 1:
        raise SeveralCurrencies
    currency, rate = currencies.pop(), _rate(request.form.get("rate", ""))
    shares: defaultdict[int, list[Share]] = defaultdict(list)
    for each, amount in typed.items():
        if each in items and amount:
            shares[items[each].dealer_id].append(Share(each, amount))
    whole = deciding.converted(row, currency, rate) + fee
    told = [Part(slip.dealer_id, slip.amount, (), slip.id) for slip in slips]
    booked = sum((share.amount for some in shares.values() for share in some), ZERO)
    rest = whole - booked - sum((part.amount for part in told), ZERO)
    owner = request.form.get("rest_of", 0, int) or next(iter(shares), 0)
    if not owner:
        raise ChooseADealer
    shares.setdefault(owner, [])
    parts = [
        Part(dealer, sum((each.amount for each in some), rest if dealer == owner and rest > 0 else ZERO), tuple(some))
        for dealer, some in shares.items()
    ]
    return [*told, *(part for part in parts if part.amount)], rate, currency


def _ticked() -> list[Receipt]:
    """The slips that came together as this row: a day's cards of the terminal, or cheques brought in at once."""
    wanted = {int(each) for each in request.form.getlist("slip") if each.isdecimal()}
    slips = queries.slips_of(queries.dealers_of(list(wanted)))
    return sorted((each for each in slips if each.id in wanted), key=lambda each: each.id)  # as receipts are held


def _sum(text: str) -> Decimal:
    try:
        amount = values.amount(text)
    except ValueError as fault:
        raise NotASum from fault
    if amount is None or amount < 0:
        raise NotASum
    return amount


def _rate(text: str) -> Decimal | None:
    if not (plain := values.plain(text).replace(",", "")):
        return None
    try:
        rate = Decimal(plain)
    except InvalidOperation as fault:
        raise NotASum from fault
    if not rate.is_finite() or not ZERO < rate < 100_000:
        raise NotASum
    return rate


@blueprint.post(ROW + "/slip/<int:receipt_id>")
@requires(P.CONFIRM_RECEIPTS)
def bank_slip(file_id: int, row_id: int, receipt_id: int) -> Any:
    """Say that the row is the money of a slip taken down before."""
    bank_file = the_file(file_id)
    row = found(queries.row(file_id, row_id))
    slip = found(
        next((each for each in queries.slips_of(queries.dealers_of([receipt_id])) if each.id == receipt_id), None)
    )
    try:
        deciding.settle(row.id, [Part(slip.dealer_id, row.amount, (), slip.id)], by_id=me().id)
    except SigningDayError as fault:
        return _refused(bank_file, row_id, fault)
    return _after(file_id, row_id, {slip.dealer_id}, row.payer, _("Confirmed: the money is at the bank."))


@blueprint.post(ROW + "/back/<int:receipt_id>")
@requires(P.CONFIRM_RECEIPTS)
def bank_give_back(file_id: int, row_id: int, receipt_id: int) -> Any:
    """Say that money which left is of this receipt: given back, or the payment itself bounced."""
    bank_file = the_file(file_id)
    row = found(queries.row(file_id, row_id))
    dealers = found(queries.dealers_of([receipt_id]) or None)
    try:
        deciding.give_back(row.id, receipt_id, by_id=me().id, is_bounce=request.form.get("kind") == "bounce")
    except SigningDayError as fault:
        return _refused(bank_file, row_id, fault)
    return _after(file_id, row_id, set(dealers), row.payer, _("Noted as given back."))


@blueprint.post(ROW + "/ignore")
@requires(P.CONFIRM_RECEIPTS)
def bank_ignore(file_id: int, row_id: int) -> Any:
    bank_file, form = the_file(file_id), ReasonForm()
    row = found(queries.row(file_id, row_id))
    if not form.validate():
        return _shown(bank_file, row, status=422, ignore_form=form)
    if not deciding.ignore([row.id], reason=form.reason.data or "", by_id=me().id):
        return _refused(bank_file, row_id, deciding.BankRowDecided())
    return _after(file_id, row_id, set(), "", _("Ignored."))


@blueprint.post(ROW + "/undo")
@requires(P.CONFIRM_RECEIPTS)
def bank_undo(file_id: int, row_id: int) -> Any:
    """Take back what was decided: pressed at once it needs no reason, from the row's page it does."""
    bank_file, form = the_file(file_id), ReasonForm()
    row = found(queries.row(file_id, row_id))
    if "reason" in request.form and not form.validate():
        return _shown(bank_file, row, status=422, undo_form=form)
    try:
        why = _("Matched wrongly: %(reason)s", reason=form.reason.data or _("undone at once"))
        dealers = undoing.undo(row.id, reason=why[:200], by_id=me().id)
    except SigningDayError as fault:
        return _refused(bank_file, row_id, fault)
    taking.refresh(dealers, [row.payer], [row.id])
    db.session.commit()
    flash(_("Undone. The row is open again."), "success")
    return back_to("receivables.bank_row", file_id=file_id, row_id=row_id)
