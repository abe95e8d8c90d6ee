"""What is owed: of one event, of all, and the page of one sum."""

from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from app.access import Permission
from app.blueprints.receivables import blueprint, queries, tables
from app.blueprints.receivables.adjusting import queries as adjusting
from app.blueprints.receivables.bank import queries as bank
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.followup.forms import HabitForm
from app.blueprints.receivables.ledger import queries as ledger
from app.blueprints.receivables.loading import MAY_SEE, own_id, the_receivable, today
from app.blueprints.receivables.problems import queries as problems
from app.blueprints.receivables.receipts import queries as receipts
from app.blueprints.receivables.reminders import queries as reminders
from app.blueprints.receivables.rules import calls, sums
from app.models import AgeBucket, Event, Receivable
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import the_event
from app.web.nav import door
from app.web.render import page
from app.web.tables import Table
from app.web.words import word

P = Permission
_LISTED_AT_ONCE = 500
# Endpoint, label, whether its address names the event.
_OF_EVENT = (
    ("receivables.index", _("What is owed"), True),
    ("receivables.calls", _("Payment calls"), True),
    ("receivables.forecast", _("Money expected"), True),
    ("receivables.reminders", _("Reminders"), True),
    ("receivables.payment_rules", _("Rules"), True),
)
_OF_HOUSE = (
    ("receivables.board", _("Board"), False),
    ("receivables.everything", _("What is owed"), False),
    ("receivables.forecast_all", _("Money expected"), False),
)
_OF_BOTH = (
    ("receivables.receipts", _("Receipts"), False),
    ("receivables.bank", _("Bank file"), False),
    ("receivables.adjustments", _("Refunds and write-offs"), False),
    ("receivables.problems", _("Problem accounts"), False),
)


def tabs(current: str, event: Event | None) -> list[dict[str, Any]]:
    """Return the pages about payments that this person may open, of the event or of the house."""
    values = {"slug": event.slug} if event else {}
    pages = (*(_OF_EVENT if event else _OF_HOUSE), *_OF_BOTH)
    return [
        {"label": label, "url": url, "current": endpoint == current}
        for endpoint, label, is_of_event in pages
        if (url := door(endpoint, **(values if is_of_event else {})))
    ]


@blueprint.get("/events/<slug>/payments/")
@requires(*MAY_SEE)
def index(slug: str) -> Any:
    return _list(the_event(slug))


@blueprint.get("/payments/")
@requires(P.VIEW_ALL_RECEIVABLES)
def everything() -> Any:
    """Everything owed, over all events."""
    return _list(None)


def _list(event: Event | None) -> Any:
    day, own = today(), own_id()
    spec = tables.receivable_list(
        day,
        queries.reps(event),
        None if event else queries.events(),
        exports=me().can(P.EXPORT_LISTS),
        name="receivables" if event else "receivables_all",
    )
    rows = queries.receivables(event, own).join(Receivable.dealer).join(Receivable.contract)
    table = Table(spec, rows)
    if table.wants_export:
        return table.export()
    choices = [each for each in queries.AGEING_BY if not (each == "event" and event)]
    by = request.args.get("by", "")
    by = by if by in choices else choices[0]
    ageing = queries.ageing(by, day, event, own)
    # A long list is counted by each of its filters, so there it comes with the first figure that is opened.
    wants_list = bool(set(request.args) - {"by"}) or sum(row.count for row in ageing) <= _LISTED_AT_ONCE
    return page(
        "receivables/index.html",
        fragment="receivables/_table.html",
        table=table.load() if wants_list else None,
        by=by,
        choices=choices,
        ageing=ageing,
        totals=queries.totals(ageing),
        buckets=list(AgeBucket),
        today=day,
        state_of=tables.state_of,
        alarms=alarms(event, own),
        tabs=tabs("receivables.index" if event else "receivables.everything", event),
        calls_url=door("receivables.calls", slug=event.slug) if event else "",
        here=url_for("receivables.index", slug=event.slug) if event else url_for("receivables.everything"),
    )


def alarms(event: Event | None, own: int | None) -> list[dict[str, Any]]:
    """What waits for this person."""
    found = []
    from_bank = bank.waiting() if me().can(P.CONFIRM_RECEIPTS) else 0
    if from_bank:
        text = ngettext("%(num)d row of the bank waits", "%(num)d rows of the bank wait", from_bank)
        act = {"label": _("Match them"), "url": url_for("receivables.bank")}
        found.append({"tone": "warning", "icon": "building-bank", "text": text, "detail": "", "act": act})
    waiting = receipts.to_confirm() if me().can(P.CONFIRM_RECEIPTS) else 0
    if waiting:
        text = ngettext("%(num)d receipt waits to be confirmed", "%(num)d receipts wait to be confirmed", waiting)
        act = {"label": _("See them"), "url": url_for("receivables.receipts", state="provisional")}
        found.append({"tone": "warning", "icon": "hourglass", "text": text, "detail": "", "act": act})
    rest = receipts.not_booked() if me().can(P.CONFIRM_RECEIPTS) else 0
    if rest:
        text = ngettext("%(num)d receipt is not booked whole", "%(num)d receipts are not booked whole", rest)
        act = {"label": _("See them"), "url": url_for("receivables.receipts", rest="yes")}
        found.append({"tone": "warning", "icon": "coins", "text": text, "detail": "", "act": act})
    return found


@blueprint.get("/payments/<int:receivable_id>")
@requires(*MAY_SEE)
def show(receivable_id: int) -> Any:
    return shown(the_receivable(receivable_id))


def shown(row: Receivable, *, status: int = 200, habit_form: HabitForm | None = None) -> Any:
    """The page of one sum, also with a form that was refused."""
    day = today()
    habit = followup.habits_of([row.dealer_id]).get(row.dealer_id)
    return page(
        "receivables/show.html",
        status=status,
        row=row,
        calls=followup.calls_of(row),
        promise=followup.promises([row], day).get(row.id),
        habit=habit,
        habit_form=habit_form or HabitForm(formdata=None, obj=habit),
        offers=calls.offers(day, habit.pay_day if habit else None),
        letter_url=door("receivables.letter", receivable_id=row.id) if row.open_amount else "",
        standing=tables.state_of(row, day),
        late=sums.days_late(row.due_on, day),
        bucket=word(sums.bucket(row.due_on, day)),
        is_too_much_earnest=sums.is_too_much_earnest(row.kind, row.amount, row.contract.total),
        postings=ledger.postings_of(row),
        others=[each for each in queries.of_dealer(row.dealer_id) if each.id != row.id and _may_see(each)],
        state_of=tables.state_of,
        today=day,
        reminded=reminders.of_receivable(row),
        adjustments=adjusting.of_receivable(row.id),
        held=ledger.held(row.id),
        credit=problems.credit_of(row.dealer, day),
        next_level=_next_level(row, day),
        history_lines=lines(row),
    )


def _next_level(row: Receivable, day: date) -> tuple[int, date] | None:
    """The next level of reminding after today and its day, while something is open."""
    if row.event is None or not row.open_amount:
        return None
    ahead = (each.days for each in reminders.levels_of(row.event) if row.due_on + timedelta(days=each.days) > day)
    return next(((days, row.due_on + timedelta(days=days)) for days in ahead), None)


def _may_see(row: Receivable) -> bool:
    own = own_id()
    return own is None or row.rep_id == own
