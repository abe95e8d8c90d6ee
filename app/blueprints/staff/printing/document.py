"""What stands on each paper, and the PDF of it, in either language."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from babel.dates import format_date

from app import clock, pdf, qr
from app.blueprints.staff.notice.letters import day_words, page_of, role_words
from app.blueprints.staff.plan import Plan
from app.errors import N_
from app.models import Duty, DutyState, Shift, StaffPass
from app.phones import display
from app.texts import gettext, parsed

_DEPUTY = N_("Deputy")
_LONG_DAY = {"zh_CN": "y年M月d日 EEE", "en": "EEE d MMMM y"}


class Paper(StrEnum):
    """The papers of a plan."""

    ROLES = "by-role"
    HOURS = "by-hour"
    SIGN_IN = "sign-in"
    PHONES = "phones"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a paper."""

    name: str
    what: str
    station: str
    when: str
    phone: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What stands under one heading."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Card:
    """A pocket card: name, at most three duties, and the code of the person's page."""

    name: str
    lines: Sequence[str]
    more: int
    code: str


def _duties(plan: Plan) -> list[Duty]:
    """Everybody who is coming as far as we know: neither refused nor gone."""
    facts = plan.fact_of
    return [each for each in plan.duties if facts[each.id].is_here and facts[each.id].standing is not DutyState.REFUSED]


def _row(duty: Duty, zone: str, language: str) -> Row:
    return Row(
        name=duty.person.name,
        what=role_words(duty, language),
        station=duty.station,
        when=day_words(duty, zone, language),
        phone=display(duty.person.mobile) if duty.person.mobile else "",
        detail=duty.person.agency,
    )


def _shift_words(shift: Shift, zone: str, language: str) -> str:
    start, end = clock.local(shift.starts_at, zone), clock.local(shift.ends_at, zone)
    day = format_date(start, _LONG_DAY[language], locale=parsed(language))
    return f"{day} {start:%H:%M}–{end:%H:%M}  {shift.name}"


def groups(plan: Plan, paper: Paper, language: str) -> list[Group]:
    """Return what stands on a paper; empty groups are left out."""
    zone, duties = plan.event.time_zone, _duties(plan)
    if paper is Paper.ROLES:
        found = [(role.name, [each for each in duties if each.role_id == role.id]) for role in plan.roles]
    elif paper is Paper.PHONES:
        first = {each.person_id: each for each in reversed(duties)}
        people = [first[each.id] for each in plan.people if each.id in first]
        found = [("", people)]
    else:
        found = [
            (_shift_words(shift, zone, language), [each for each in duties if each.shift_id == shift.id])
            for shift in plan.shifts
        ]
    if paper is Paper.ROLES:
        return [Group(name, _by_person(rows, zone, language)) for name, rows in found if rows]
    return [Group(name, [_row(each, zone, language) for each in rows]) for name, rows in found if rows]


def _by_person(duties: Sequence[Duty], zone: str, language: str) -> list[Row]:
    """One row a person: their shifts in a role below each other, each beside its station; a deputy says so."""
    own: dict[int, list[Duty]] = {}
    for each in duties:
        own.setdefault(each.person_id, []).append(each)
    rows = []
    for shifts in own.values():
        lines = [_row(each, zone, language) for each in shifts]
        whens = [
            f"{line.when} · {gettext(language, _DEPUTY)}" if each.is_deputy else line.when
            for each, line in zip(shifts, lines, strict=True)
        ]
        stations = [line.station for line in lines]
        same = stations[0] if len(set(stations)) == 1 else "\n".join(each or "–" for each in stations)
        rows.append(replace(lines[0], when="\n".join(whens), station=same))
    return rows


def list_pdf(plan: Plan, paper: Paper, language: str, *, size: str = "A4") -> bytes:
    """Return a roster, the sheet to sign in or the phone list as PDF on A4 or A3."""
    event = plan.event
    day = format_date(event.local_start, _LONG_DAY[language], locale=parsed(language))
    html = pdf.page_html(
        "staff/print/list.html",
        language,
        paper=paper.value,
        size=size,
        groups=groups(plan, paper, language),
        event=event,
        when=f"{day} {event.local_start:%H:%M}",
        where=" ".join(each for each in (event.venue, event.hall) if each),
        printed=clock.local(clock.now(), event.time_zone).strftime("%Y-%m-%d %H:%M"),
    )
    return pdf.render(html, css=f"@page {{ size: {'A3' if size == 'A3' else 'A4'} }}")


def cards(plan: Plan, passes: Mapping[int, StaffPass], language: str) -> list[Card]:
    """Return everybody's pocket card in the order of their names."""
    zone, duties, found = plan.event.time_zone, _duties(plan), []
    for person in plan.people:
        own = [each for each in duties if each.person_id == person.id]
        if own and person.id in passes:
            lines = [
                "  ".join(p for p in (day_words(each, zone, language), role_words(each, language), each.station) if p)
                for each in own
            ]
            code = b64encode(qr.png(page_of(passes[person.id].token), scale=6)).decode("ascii")
            found.append(Card(person.name, lines[:3], max(0, len(lines) - 3), "data:image/png;base64," + code))
    return found


def cards_pdf(plan: Plan, passes: Mapping[int, StaffPass], language: str) -> bytes:
    """Return the pocket cards, eight on a sheet of A4."""
    made = cards(plan, passes, language)
    sheets = [made[start : start + 8] for start in range(0, len(made), 8)]
    call = display(plan.event.contact_phone)
    html = pdf.page_html("staff/print/cards.html", language, sheets=sheets, event=plan.event, call=call)
    return pdf.render(html)
