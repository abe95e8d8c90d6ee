"""What has to be done, as lines: each source answers for the signed-in person with a fixed number of queries."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access import Permission
from app.blueprints.home.agenda import queries
from app.blueprints.report.steps import queries as steps
from app.models import Event, EventStatus
from app.web.identity import me
from app.web.locale import DEFAULT_ZONE, at, money
from app.web.nav import door

P = Permission
DAYS_AHEAD = 7


@dataclass(frozen=True)
class Line:
    """One thing to do by a day (None: it waits, so it is for today)."""

    day: date | None
    icon: str
    text: str
    detail: str = ""
    url: str = ""
    hour: str = ""


@dataclass(frozen=True)
class Span:
    """Today, and how far one looks ahead."""

    now: datetime
    today: date
    last: date
    seen: Sequence[Event]  # the events ahead that the person may see

    @property
    def end(self) -> datetime:
        return clock.instant(self.last, time(23, 59), DEFAULT_ZONE)


def _milestones(of: Span, *, oversees: bool) -> Iterator[Line]:
    owner = None if me().can(P.EDIT_EVENTS, None) or oversees else me().id
    for each in queries.milestones(of.today, of.last, owner, me().event_ids(P.VIEW_EVENTS)):
        who = each.owner.name if each.owner else _("nobody’s task yet")
        url = door("events.overview", slug=each.event.slug)
        yield Line(each.due_on, "flag", each.title, f"{each.event.name} · {who}", url)


def _steps(of: Span) -> Iterator[Line]:
    for each in steps.open_of(me().id, of.last):
        url = door("report.unsigned", slug=each.event.slug)
        url = f"{url}#g{each.invitation_id}" if url else ""
        yield Line(each.due_on, "clipboard-list", each.text, each.invitation.dealer.company, url)


def _duties(of: Span) -> Iterator[Line]:
    for each in queries.duties(me().id, of.now, of.end):
        zone = each.event.time_zone
        day, hour = clock.local(each.shift.starts_at, zone).date(), at(each.shift.starts_at, zone)
        text = f"{each.role.name} · {each.station}" if each.station else each.role.name
        url = door("events.overview", slug=each.event.slug)
        yield Line(max(day, of.today), "id-badge-2", text, each.event.name, url, hour)


def _calls(of: Span) -> Iterator[Line]:
    if not me().can(P.RECORD_REPLIES, None):
        return
    for each in queries.calls_agreed(me().id, of.end):
        guest, when = each.invitation, each.next_call_at
        if when is not None:
            text = _("Call %(name)s", name=guest.dealer.contact)
            url = door("invitations.show", slug=guest.event.slug, invitation_id=guest.id)
            local = clock.local(when, guest.event.time_zone)
            said = f"{guest.dealer.company} · {each.note}" if each.note else guest.dealer.company
            yield Line(max(local.date(), of.today), "phone", text, said, url, at(when, guest.event.time_zone))


def _money(of: Span) -> Iterator[Line]:
    """A rep sees own dealers, finance everybody's."""
    sees_all = me().can(P.CONFIRM_RECEIPTS, None)
    if not sees_all and not me().can(P.CHASE_PAYMENTS, None):
        return
    rep = None if sees_all else me().id
    for each in queries.promises(of.today, of.last, rep):
        row = each.receivable
        text = _("%(sum)s promised", sum=money(each.promised_amount, row.currency))
        url = door("receivables.show", receivable_id=row.id)
        yield Line(each.promised_on, "heart-handshake", text, row.dealer.company, url)
    for due in queries.falling_due(of.today, of.last, rep):
        text = ngettext("%(num)d sum falls due", "%(num)d sums fall due", due.number)
        url = door("receivables.everything", state=["due_today", "upcoming"]) or door("receivables.board")
        yield Line(due.day, "cash", text, money(due.total, due.currency), url)


def _holds(of: Span) -> Iterator[Line]:
    if not me().can(P.HOLD_TERRITORIES, None):
        return
    for each in queries.holds_ending(me().id, of.now, of.end):
        zone = each.event.time_zone if each.event else DEFAULT_ZONE
        if each.held_until is not None:
            text = _("%(place)s is held no longer", place=each.region.name)
            url = door("territories.index", slug=each.event.slug) if each.event else ""
            day = clock.local(each.held_until, zone).date()
            yield Line(max(day, of.today), "map-2", text, each.dealer.company, url, at(each.held_until, zone))


def _deliveries(of: Span) -> Iterator[Line]:
    if not me().can(P.EDIT_MATERIALS, None):
        return
    for day, slug, number, event, first in queries.deliveries(of.today, of.last):
        text = ngettext("%(num)d delivery: %(first)s", "%(num)d deliveries: %(first)s and others", number, first=first)
        yield Line(day, "package", text, event, door("materials.index", slug=slug))


def _desks(of: Span) -> Iterator[Line]:
    """What waits at somebody's desk."""
    kinds = (P.COUNTERSIGN_CONTRACTS, P.FILE_CONTRACTS, P.BOOK_INVOICES)
    if not any(me().can(each, None) for each in kinds):
        return
    found = queries.waiting()
    if found.to_countersign and me().can(P.COUNTERSIGN_CONTRACTS, None):
        text = ngettext(
            "%(num)d contract waits for our signature", "%(num)d contracts wait for our signature", found.to_countersign
        )
        yield Line(None, "signature", text, url=door("signing.countersign_queue"))
    if found.to_check and me().can(P.FILE_CONTRACTS, None):
        text = ngettext("%(num)d signed paper to check", "%(num)d signed papers to check", found.to_check)
        yield Line(None, "file-text", text, url=door("contracts.register", state="approved"))
    if found.to_pay and me().can(P.BOOK_INVOICES, None):
        text = ngettext("%(num)d invoice to pay", "%(num)d invoices to pay", found.to_pay)
        yield Line(None, "receipt", text, _("over all events"))


def _doors(of: Span) -> Iterator[Line]:
    """Where one checks in: the desk of today's event is one press away."""
    for event in of.seen:
        day = clock.local(event.starts_at, event.time_zone).date()
        if of.today <= day <= of.last and event.status in (EventStatus.OPEN, EventStatus.RUNNING):
            url = door("checkin.desk", slug=event.slug)
            if url and not me().can(P.EDIT_EVENTS, None):
                yield Line(day, "qrcode", _("Open the desk"), event.name, url, at(event.starts_at, event.time_zone))


_SOURCES: tuple[Callable[[Span], Iterator[Line]], ...] = (
    _doors,
    _duties,
    _calls,
    _steps,
    _holds,
    _money,
    _deliveries,
    _desks,
)


@dataclass(frozen=True)
class Agenda:
    """What should have been done, what is for today, and what comes."""

    late: Sequence[Line]
    today: Sequence[Line]
    coming: Sequence[Line]


def agenda(seen: Sequence[Event], *, oversees: bool) -> Agenda:
    """Return what the signed-in person has to do; late are only things that no other line of home tells."""
    today = clock.today(DEFAULT_ZONE)
    of = Span(clock.now(), today, today + timedelta(days=DAYS_AHEAD), seen)
    lines = [line for source in _SOURCES for line in source(of)] + list(_milestones(of, oversees=oversees))
    lines.sort(key=lambda line: (line.day or today, line.hour or "99"))
    return Agenda(
        late=[line for line in lines if line.day is not None and line.day < today],
        today=[line for line in lines if line.day in (None, today)],
        coming=[line for line in lines if line.day is not None and line.day > today],
    )


def as_need(line: Line) -> dict[str, Any]:
    """Return a late line as the macro `alert_rows` draws it."""
    act = {"label": _("Open it"), "url": line.url} if line.url else None
    return {"tone": "danger", "icon": line.icon, "text": line.text, "detail": line.detail, "act": act}
