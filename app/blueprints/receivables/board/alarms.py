"""What payments need a person for, as lines on the overview of an event and at home."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import clock
from app.access import Permission
from app.blueprints.receivables.adjusting import queries as adjusting
from app.blueprints.receivables.board import queries
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.loading import MAY_SEE, own_id
from app.blueprints.receivables.problems import queries as problems
from app.blueprints.receivables.reminders import queries as reminders
from app.blueprints.receivables.rules.calls import Why
from app.models import Event, Receivable
from app.web import alarms
from app.web.alarms import Row
from app.web.identity import me
from app.web.locale import DEFAULT_ZONE, money
from app.web.nav import door
from app.web.words import word

P = Permission
_LONG = 30  # days overdue from which a sum is an alarm of its event


@alarms.source("receivables.index", _("Payments"), *MAY_SEE)
def rows(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return broken promises and what is long overdue of each event; five queries however many events."""
    day, own = clock.today(DEFAULT_ZONE), own_id()
    late = queries.long_overdue(day, events, own, _LONG)
    broken = queries.broken(day, events, own)
    found = {}
    for event in events:
        of_event = [row for row in broken if row.event_id == event.id]
        lines = (_broken_row(event, of_event), _late_row(event, late.get(event.id, [])))
        found[event.id] = [line for line in lines if line is not None]
    return found


def sums_of(rows: Sequence[Receivable]) -> str:
    """Return what is open of some rows, currency by currency, in words."""
    totals: dict[str, Decimal] = {}
    for row in rows:
        totals[row.currency] = totals.get(row.currency, Decimal(0)) + row.open_amount
    return ", ".join(money(total, currency) for currency, total in sorted(totals.items()))


def _broken_row(event: Event, broken: Sequence[Receivable]) -> Row | None:
    if not broken:
        return None
    text = ngettext("%(num)d promise to pay was broken", "%(num)d promises to pay were broken", len(broken))
    url = door("receivables.calls", slug=event.slug)
    return Row(text, "thumb-down", True, sums_of(broken), {"label": _("Call"), "url": url} if url else None)


def _late_row(event: Event, late: Sequence[tuple[str, Decimal, int]]) -> Row | None:
    if not late:
        return None
    number = sum(count for _currency, _total, count in late)
    text = ngettext(
        "%(num)d sum is overdue for more than 30 days", "%(num)d sums are overdue for more than 30 days", number
    )
    total = ", ".join(money(each, currency) for currency, each, _count in late)
    url = door("receivables.index", slug=event.slug)
    act = {"label": _("See them"), "url": f"{url}?age=up_to_60&age=up_to_90&age=over_90&state=overdue#list"}
    return Row(text, "alert-circle", False, total, act if url else None)


@alarms.house_source
def of_the_house() -> list[dict[str, Any]]:
    """Return what home says about payments, over all events: whom this person calls, broken promises, tasks."""
    person = me()
    if not any(person.can(each, None) for each in MAY_SEE):
        return []
    day, found = clock.today(DEFAULT_ZONE), []
    if person.can(P.CHASE_PAYMENTS, None):
        found += _calls(day, person.id) + _tasks(person.id)
    if person.can(P.APPROVE_ADJUSTMENTS, None):
        found += _to_approve(person.id) + _to_decide(day)
    return found


def _calls(day: date, rep_id: int) -> list[dict[str, Any]]:
    to_call = [each for each in followup.call_list(day, None, rep_id) if each.why is not Why.PAUSED]
    if not to_call:
        return []
    broken = sum(each.why is Why.BROKEN for each in to_call)
    text = ngettext("Call %(num)d dealer about money", "Call %(num)d dealers about money", len(to_call))
    detail = sums_of([each.row for each in to_call])
    if broken:
        said = ngettext("%(num)d broke a promise", "%(num)d broke a promise", broken)
        detail = f"{detail} · {said}"
    url = door("receivables.board")
    act = {"label": _("My payments"), "url": url} if url else None
    return [{"tone": "danger" if broken else "warning", "icon": "cash", "text": text, "detail": detail, "act": act}]


def _tasks(person_id: int) -> list[dict[str, Any]]:
    tasks = reminders.open_tasks(person_id)
    if not tasks:
        return []
    text = ngettext("%(num)d task about payments", "%(num)d tasks about payments", len(tasks))
    first = gettext("%(task)s: %(dealer)s", task=tasks[0].task, dealer=tasks[0].receivable.dealer.company)
    act = {"label": _("See them"), "url": door("receivables.board") + "#tasks"}
    return [{"tone": "warning", "icon": "list-check", "text": text, "detail": first, "act": act}]


def _to_approve(person_id: int) -> list[dict[str, Any]]:
    waiting = adjusting.waiting_for(person_id)
    if not waiting:
        return []
    text = ngettext(
        "%(num)d refund or write-off waits for you", "%(num)d refunds and write-offs wait for you", len(waiting)
    )
    first = waiting[0]
    detail = f"{word(first.kind).text} · {first.receivable.dealer.company}"
    act = {"label": _("See them"), "url": door("receivables.adjustments")}
    return [{"tone": "warning", "icon": "thumb-up", "text": text, "detail": detail, "act": act}]


def _to_decide(day: date) -> list[dict[str, Any]]:
    waiting = problems.to_decide(day)
    if not waiting:
        return []
    text = ngettext("%(num)d problem account to decide", "%(num)d problem accounts to decide", len(waiting))
    act = {"label": _("See them"), "url": door("receivables.problems")}
    return [{"tone": "danger", "icon": "flame", "text": text, "detail": waiting[0].dealer.company, "act": act}]
