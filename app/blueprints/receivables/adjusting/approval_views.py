"""What waits for approval, the page of one adjustment with its letter, and the rules of an event."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.adjusting import actions, letters, queries
from app.blueprints.receivables.adjusting.forms import RuleForm, TermsForm, VoteForm
from app.blueprints.receivables.followup.statement_views import answered
from app.blueprints.receivables.loading import MAY_SEE, own_id, today
from app.blueprints.receivables.receipts.forms import ReasonForm
from app.blueprints.receivables.rules import votes
from app.blueprints.receivables.rules.interest import Terms
from app.blueprints.receivables.rules.refunds import STANDARD
from app.blueprints.receivables.views import tabs
from app.errors import SigningDayError
from app.extensions import db
from app.models import Adjustment, AdjustmentState, PaymentKind
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission
AT = "/payments/adjustments/<int:adjustment_id>"
_LATEST = 100


def the_adjustment(adjustment_id: int) -> Adjustment:
    return found(queries.adjustment(adjustment_id, own_id()))


@blueprint.get("/payments/adjustments/")
@requires(*MAY_SEE)
def adjustments() -> Any:
    """What waits for this person, what waits for others, and what was decided last."""
    mine = list(queries.waiting_for(me().id)) if me().can(P.APPROVE_ADJUSTMENTS) else []
    ids = {each.id for each in mine}
    latest = db.session.scalars(queries.adjustments(own_id()).order_by(Adjustment.id.desc()).limit(_LATEST)).all()
    return page(
        "receivables/adjustments.html",
        mine=mine,
        waiting=[each for each in latest if each.state is AdjustmentState.ASKED and each.id not in ids],
        decided=[each for each in latest if each.state is not AdjustmentState.ASKED],
        missing=_missing,
        tabs=tabs("receivables.adjustments", None),
    )


def _missing(row: Adjustment) -> int:
    return votes.missing(row.kind, [each.by_id for each in row.votes if each.is_yes])


@blueprint.get(AT)
@requires(*MAY_SEE)
def adjustment(adjustment_id: int) -> Any:
    return _shown(the_adjustment(adjustment_id))


def _shown(row: Adjustment, *, status: int = 200, **forms: Any) -> Any:
    person = me()
    may_vote = row.state is AdjustmentState.ASKED and person.can(P.APPROVE_ADJUSTMENTS)
    forms = {"vote_form": VoteForm(formdata=None), "reason_form": ReasonForm(formdata=None), "fault": "", **forms}
    return page(
        "receivables/adjustment.html",
        status=status,
        row=row,
        owed=row.receivable,
        missing=_missing(row),
        needed=votes.NEEDED[row.kind],
        may_vote=may_vote and votes.may_vote(person.id, row.asked_by_id, [each.by_id for each in row.votes]),
        entries=queries.entries_of(row),
        has_letter=row.kind in letters.KINDS,
        amount=Decimal,
        day_of=date.fromisoformat,
        **forms,
    )


@blueprint.post(AT + "/vote")
@requires(P.APPROVE_ADJUSTMENTS)
def vote(adjustment_id: int) -> Any:
    row, form = the_adjustment(adjustment_id), VoteForm()
    if not form.validate() or form.answer.data not in ("yes", "no"):
        return _shown(row, status=422, vote_form=form)
    is_yes = form.answer.data == "yes"
    try:
        row = actions.vote(row.id, is_yes=is_yes, by_id=me().id, remarks=form.remarks.data or "")
    except SigningDayError as fault:
        db.session.rollback()
        return _shown(the_adjustment(adjustment_id), status=422, vote_form=form, fault=sentence(fault))
    db.session.commit()
    if row.state is AdjustmentState.POSTED:
        flash(_("Approved by all, and in the ledger."), "success")
    else:
        flash(_("Approved. One more person has to agree.") if is_yes else _("Refused."), "success")
    return back_to("receivables.adjustment", adjustment_id=adjustment_id)


@blueprint.post(AT + "/reverse")
@requires(P.CONFIRM_RECEIPTS)
def reverse_adjustment(adjustment_id: int) -> Any:
    row, form = the_adjustment(adjustment_id), ReasonForm()
    if not form.validate():
        return _shown(row, status=422, reason_form=form)
    try:
        actions.reverse(row.id, reason=form.reason.data or "", by_id=me().id)
    except SigningDayError as fault:
        db.session.rollback()
        return _shown(the_adjustment(adjustment_id), status=422, reason_form=form, fault=sentence(fault))
    db.session.commit()
    flash(_("Reversed in the ledger."), "success")
    return back_to("receivables.adjustment", adjustment_id=adjustment_id)


@blueprint.get(AT + "/letter.pdf")
@requires(*MAY_SEE)
def adjustment_letter(adjustment_id: int) -> Any:
    """The letter to the dealer, in their language or in the one asked for."""
    row = the_adjustment(adjustment_id)
    found(row.kind in letters.KINDS or None)
    day = clock.local(row.closed_at, queries.zone_of(row.receivable)).date() if row.closed_at else today()
    language = request.args.get("language") or letters.language_of(row)
    return answered(letters.pdf_of(row, day, language=language), f"adjustment-{row.id}.pdf")


@blueprint.route("/events/<slug>/payments/rules", methods=["GET", "POST"])
@requires(*MAY_SEE)
def payment_rules(slug: str) -> Any:
    """The rules of refund, interest and bonus of an event; who may set reminders sets them too."""
    event = the_event(slug)
    may_set = me().can(P.MANAGE_REMINDERS, slug)
    terms = TermsForm(obj=queries.terms_of(event))
    rules = queries.refund_rules_of(event)
    forms = {kind: RuleForm(obj=rules[kind], prefix=kind.value) for kind in STANDARD if kind is not PaymentKind.EARNEST}
    if request.method == "POST" and may_set:
        is_right = [terms.validate(), *(form.validate() for form in forms.values())]
        if all(is_right):
            said = Terms(**{name: field.data for name, field in terms._fields.items() if name != "csrf_token"})
            actions.set_rules(event, {kind: form.rule() for kind, form in forms.items()}, said)
            db.session.commit()
            flash(_("Kept. What was asked for before goes on by the rules it was asked under."), "success")
            return back_to("receivables.payment_rules", slug=slug)
    status = 422 if terms.errors or any(form.errors for form in forms.values()) else 200
    bar = tabs("receivables.payment_rules", event)
    return page("receivables/rules.html", status=status, terms=terms, forms=forms, may_set=may_set, tabs=bar)
