"""What is done with many rows of a bank file at once: confirmed, ignored; and payers that are forgotten."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.bank import deciding, jobs, payers, queries, steps, taking
from app.blueprints.receivables.bank.views import AT, the_file
from app.blueprints.receivables.receipts.forms import ReasonForm
from app.extensions import db
from app.models import BankFileState, PayerAlias
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_or, back_to, page

P = Permission
MOST_CHOSEN = 200


@blueprint.post(AT + "/certain")
@requires(P.CONFIRM_RECEIPTS)
def bank_certain(file_id: int) -> Any:
    """Confirm all rows that are certain: at once, or by the worker when there are many."""
    the_file(file_id)
    count = len(queries.certain(file_id))
    if count > steps.AT_ONCE:
        bank_file = queries.locked(file_id)
        address = url_for("receivables.bank_show", file_id=file_id)
        if bank_file.state is BankFileState.READY:
            jobs.begin(bank_file, jobs.CONFIRM, by_id=me().id, result_url=address, total=count)
        db.session.commit()
        return back_to("receivables.bank_show", file_id=file_id)
    _tell_confirmed(steps.confirm_certain(file_id, me().id))
    return back_to("receivables.bank_show", file_id=file_id)


def _tell_confirmed(done: int) -> None:
    flash(ngettext("%(num)d row confirmed.", "%(num)d rows confirmed.", done), "success" if done else "info")


def _chosen() -> list[int]:
    return [int(each) for each in request.form.getlist("ids") if each.isdecimal()][:MOST_CHOSEN]


@blueprint.post(AT + "/confirm")
@requires(P.CONFIRM_RECEIPTS)
def bank_confirm_chosen(file_id: int) -> Any:
    """Confirm the chosen rows as proposed; those that are a choice are passed over."""
    the_file(file_id)
    ids = queries.these(file_id, _chosen())
    steps.propose(file_id)
    _tell_confirmed(steps.confirm_some(ids, me().id))
    steps.propose(file_id)
    return back_or(url_for("receivables.bank_show", file_id=file_id))


@blueprint.route(AT + "/ignore", methods=["POST"])
@requires(P.CONFIRM_RECEIPTS)
def bank_ignore_chosen(file_id: int) -> Any:
    """Ignore the chosen rows, or all money out that nothing is proposed for; a page of its own asks for the reason."""
    bank_file, form = the_file(file_id), ReasonForm()
    everything_out = request.form.get("all") == "outgoing"
    ids = list(queries.outgoing(file_id)) if everything_out else queries.these(file_id, _chosen())
    is_asked = "reason" in request.form
    if not is_asked or not form.validate():
        blank = ReasonForm(formdata=None, data={"reason": _("Not from dealers") if everything_out else ""})
        return page(
            "receivables/bank/ignore.html",
            status=422 if is_asked else 200,
            form=form if is_asked else blank,
            bank_file=bank_file,
            ids=ids,
            all="outgoing" if everything_out else "",
        )
    done = deciding.ignore(ids, reason=form.reason.data or "", by_id=me().id)
    db.session.commit()
    flash(ngettext("%(num)d row ignored.", "%(num)d rows ignored.", done), "success")
    return back_to("receivables.bank_show", file_id=file_id)


@blueprint.post("/payments/bank/payers/<int:alias_id>/forget")
@requires(P.CONFIRM_RECEIPTS)
def bank_forget_payer(alias_id: int) -> Any:
    """Do not take somebody for a dealer any more."""
    alias = found(db.session.get(PayerAlias, alias_id))
    payers.forget(alias)
    taking.refresh([alias.dealer_id], [alias.name])
    db.session.commit()
    flash(_("Forgotten. %(name)s is not taken for this dealer any more.", name=alias.name), "success")
    return back_to("receivables.bank")
