"""What is printed: the hall plan on A3 to scale, table cards, and who sits where by name and by table."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app import clock, names, pdf
from app.blueprints.seating.hall.drawing import MARGIN, chairs
from app.blueprints.seating.rules.layout import CHAIR
from app.blueprints.seating.situation import Situation
from app.errors import N_
from app.models import HallItem, ItemKind
from app.texts import gettext

_SCALES = (50, 75, 100, 125, 150, 200, 250, 300, 400, 500)
_SHEET = (396, 236)  # mm of A3 across that the drawing may take
_TABLE = N_("Table %(number)s")
_KINDS = {
    ItemKind.STAGE: N_("Hall stage"),
    ItemKind.ROSTRUM: N_("Rostrum"),
    ItemKind.AISLE: N_("Aisle"),
    ItemKind.EXIT: N_("Exit"),
    ItemKind.ROLL_UP: N_("Roll-up banner"),
    ItemKind.DISPLAY: N_("Product display"),
    ItemKind.DESK: N_("Work desk"),
    ItemKind.PILLAR: N_("Pillar"),
}


@dataclass(frozen=True)
class Person:
    """Somebody on a chair, as it is printed."""

    name: str
    company: str
    table: str
    label: str
    chair: int
    letter: str
    is_companion: bool

    @property
    def size(self) -> str:
        return name_size(self.name)


def name_size(name: str) -> str:
    """Return the class of a name's type size on a card to fold, by how wide the name is."""
    wide = sum(2 if character > "⺀" else 1 for character in name)
    return "short" if wide <= 8 else "middling" if wide <= 14 else "long"


def table_name(label: str, language: str) -> str:
    """Return a table as people say it."""
    return gettext(language, _TABLE, number=label) if label.isdecimal() else label


def people(now: Situation, language: str) -> list[Person]:
    """Return everybody who has a seat, each by their own name in the order of pinyin."""
    labels = {each.id: each.label for each in now.tables}
    found = []
    for guest in now.coming:
        for seat in now.by_guest.get(guest.id, ()):
            name = dict(guest.people).get(seat.companion_id, guest.name)
            label = labels[seat.item_id]
            letter = names.sort_key(name)[:1].upper()
            found.append(
                Person(
                    name,
                    guest.company,
                    table_name(label, language),
                    label,
                    seat.number,
                    letter if "A" <= letter <= "Z" else "#",
                    seat.companion_id is not None,
                )
            )
    return sorted(found, key=lambda each: (each.letter == "#", names.sort_key(each.name), each.label, each.chair))


def chart_pdf(now: Situation, by: str, language: str) -> bytes:
    """Return the seating chart by name, or by table."""
    everybody = people(now, language)
    groups: list[tuple[str, Sequence[Person]]]
    if by == "table":
        at: dict[str, list[Person]] = {}
        for each in everybody:
            at.setdefault(each.label, []).append(each)
        ordered = [each.label for each in sorted(now.tables, key=lambda item: _counted(item.label)) if each.label in at]
        groups = [(table_name(each, language), sorted(at[each], key=lambda who: who.chair)) for each in ordered]
    else:
        groups = [(letter, list(some)) for letter, some in groupby(everybody, key=lambda each: each.letter)]
    return _pdf("seating/print/chart.html", now, language, groups=groups, by=by)


def _counted(label: str) -> tuple[int, int, str]:
    """2 comes before 10, and names after numbers."""
    return (0, int(label), "") if label.isdecimal() else (1, 0, label)


def cards_pdf(now: Situation, language: str) -> bytes:
    """Return a card to fold for each person, table by table in the order of the chairs: two on a sheet of A4."""
    everybody = sorted(people(now, language), key=lambda each: (_counted(each.label), each.chair))
    sheets = [everybody[start : start + 2] for start in range(0, len(everybody), 2)]
    return _pdf("seating/print/cards.html", now, language, sheets=sheets)


def signs_pdf(now: Situation, language: str) -> bytes:
    """Return a sheet with its number for each table, read from across the hall."""
    tables = sorted(now.tables, key=lambda item: _counted(item.label))
    signs = [(each.label, table_name(each.label, language)) for each in tables]
    return _pdf("seating/print/signs.html", now, language, signs=signs)


def hall_pdf(now: Situation, language: str) -> bytes:
    """Return the hall plan on A3 across, at the largest usual scale that fits."""
    plan = now.plan
    assert plan is not None
    width, depth = plan.width + 2 * MARGIN, plan.depth + 2 * MARGIN
    scale = next((n for n in _SCALES if width * 10 / n <= _SHEET[0] and depth * 10 / n <= _SHEET[1]), _SCALES[-1])
    things = sorted(now.items, key=lambda item: (item.kind is not ItemKind.AISLE, bool(item.seats), item.id))
    return _pdf(
        "seating/print/hall.html",
        now,
        language,
        plan=plan,
        things=things,
        chairs={each.id: chairs(each) for each in now.tables},
        called={each.id: _called(each, language) for each in now.items},
        margin=MARGIN,
        scale=scale,
        width=round(width * 10 / scale, 2),
        depth=round(depth * 10 / scale, 2),
        seats=sum(each.seats for each in now.tables),
        chair=CHAIR // 2 - 4,
    )


def _called(item: HallItem, language: str) -> str:
    return item.label if item.seats else item.label or gettext(language, _KINDS[item.kind])


def _pdf(template: str, now: Situation, language: str, **values: Any) -> bytes:
    event = now.event
    local = clock.local(event.starts_at, event.time_zone)
    printed = clock.local(clock.now(), event.time_zone)
    html = pdf.page_html(
        template,
        language,
        event=event,
        when=f"{local:%Y-%m-%d %H:%M}",
        printed=f"{printed:%Y-%m-%d %H:%M}",
        **values,
    )
    return pdf.render(html)
