"""The checklist on A4: rows are put on pages here, and stamped on designs that are laid out once.

A row is as high as its words need and is never broken; a group never leaves its band, or its line to sign, alone on a
page, and every page it goes on to begins with its band and the heads of the columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app import qr
from app.blueprints.materials.printing.sheets import Group, Heading, Row, Which
from app.errors import N_
from app.pdf import Field, LaidPage, lay_out, page_html
from app.stamp import Canvas, Stamper, fitted, show
from app.texts import gettext, ngettext

_TEMPLATE: Final = "materials/print/checklist.html"
_MM: Final = 72 / 25.4
_LEFT: Final = 12 * _MM
_TOP_FIRST, _TOP, _BOTTOM = 258 * _MM, 283 * _MM, 15 * _MM  # from the lower edge
_GAP: Final = 5 * _MM  # between groups on one page
# The designs in the order of the template. Rows: low, high, higher, each as a thing and as a part.
_FIRST, _NEXT, _BAND, _HEADS, _ROWS, _SIGN = 0, 1, 2, 3, 4, 10
# Type that would fall below this share of its size asks for a higher row.
_READABLE: Final = 0.88

_WORDS: Final = {
    False: (N_("Material checklist"), N_("Tick what stands in its place, and write down how many you counted.")),
    True: (N_("What has to go back"), N_("Tick what goes back, and write down how many you counted.")),
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A design at a height of a page, with what is written on it and what its code holds."""

    design: int
    y: float
    values: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


class _Flow:
    """Puts pieces on pages from top to bottom."""

    def __init__(self, pages: Sequence[LaidPage]) -> None:
        self.designs = pages
        self.pages: list[list[_Piece]] = [[]]
        self.y = _TOP_FIRST

    def height(self, design: int) -> float:
        return self.designs[design].height

    def has_room(self, height: float) -> bool:
        return self.y - height >= _BOTTOM

    def turn(self) -> None:
        """Begin a page."""
        self.pages.append([])
        self.y = _TOP

    def put(self, design: int, values: Mapping[str, str] | None = None, code: str = "") -> None:
        self.y -= self.height(design)
        self.pages[-1].append(_Piece(design, self.y, values or {}, code))


def checklist_pdf(heading: Heading, groups: Sequence[Group], *, which: Which, apart: bool, language: str) -> bytes:
    """The checklist on A4, about a millisecond of CPU a row. `apart` gives each group pages of its own."""
    is_back = which is Which.BACK
    title, how = (gettext(language, each) for each in _WORDS[is_back])
    html = page_html(_TEMPLATE, language, title=title, how=how, is_back=is_back)
    stamper = Stamper(lay_out(html))
    flow = _Flow(stamper.layout.pages)
    for number, group in enumerate(groups):
        _group(flow, group, heading, language, turn=apart and number > 0)
    _draw(stamper, flow, heading, language, is_empty=not groups)
    return stamper.save(title=f"{title} · {heading.event}", language=language)


def _group(flow: _Flow, group: Group, heading: Heading, language: str, *, turn: bool) -> None:
    told = ngettext("%(num)s item", "%(num)s items", len(group.rows), locale=language)
    band = {"group": group.name, "count": told}
    on_top = flow.height(_BAND) + flow.height(_HEADS)
    rows = [(_design_of(flow, row), row) for row in group.rows]
    sign = flow.height(_SIGN)
    if flow.pages[-1]:
        flow.y -= _GAP
        only = sign if len(rows) == 1 else 0.0
        if turn or not flow.has_room(on_top + flow.height(rows[0][0]) + only):
            flow.turn()
    _open(flow, band)
    for number, (design, row) in enumerate(rows):
        # The line to sign never stands alone: the last row goes along with it.
        needed = flow.height(design) + (sign if number == len(rows) - 1 else 0.0)
        if not flow.has_room(needed):
            flow.turn()
            _open(flow, band)
        flow.put(design, _values(row), heading.codes + row.code if row.code else "")
    flow.put(_SIGN)


def _open(flow: _Flow, band: Mapping[str, str]) -> None:
    flow.put(_BAND, band)
    flow.put(_HEADS)


def _values(row: Row) -> dict[str, str]:
    return {
        "name": row.name,
        "detail": row.detail,
        "where": row.place,
        "wanted": row.wanted,
        "unit": row.unit if row.wanted else "",
        "note": row.note,
    }


def _design_of(flow: _Flow, row: Row) -> int:
    """Return the lowest row in which everything can be read."""
    values = _values(row)
    for step in (0, 2):
        design = _ROWS + step + row.is_part
        if all(_is_readable(box, values) for box in _boxes(flow, design)):
            return design
    return _ROWS + 4 + row.is_part


def _boxes(flow: _Flow, design: int) -> Iterator[Field]:
    return (box for box in flow.designs[design].fields if box.name in {"name", "detail", "where", "note"})


def _is_readable(box: Field, values: Mapping[str, str]) -> bool:
    text = values[box.name]
    return not text or fitted(box, text).size >= box.size * _READABLE


def _draw(stamper: Stamper, flow: _Flow, heading: Heading, language: str, *, is_empty: bool) -> None:
    names = [stamper.design(index) for index in range(len(flow.designs))]
    printed = gettext(language, N_("Printed %(moment)s by %(name)s")) % {
        "moment": f"{heading.printed_at:%Y-%m-%d %H:%M}",
        "name": heading.printed_by,
    }
    shared = {"event": heading.event, "printed": printed}
    shared["when"] = " · ".join(each for each in (heading.when, heading.where) if each)
    if is_empty:
        flow.put(_BAND, {"group": gettext(language, N_("There is nothing to check."))})
    for number, pieces in enumerate(flow.pages):
        design = _NEXT if number else _FIRST
        page, canvas = flow.designs[design], Canvas()
        canvas.raw(show(names[design]))
        canvas.write(page.fields, {**shared, "number": f"{number + 1} / {len(flow.pages)}"})
        for box in page.fields:
            if box.name == "live":
                canvas.code(box, qr.modules(heading.url))
        for piece in pieces:
            _stamp(canvas, piece, names[piece.design], flow.designs[piece.design])
        stamper.page(page.width, page.height, canvas)


def _stamp(canvas: Canvas, piece: _Piece, name: str, design: LaidPage) -> None:
    canvas.raw(f"q 1 0 0 1 {_LEFT:.3f} {piece.y:.3f} cm\n{show(name)}")
    canvas.write(design.fields, piece.values)
    if piece.code:
        box = next(each for each in design.fields if each.name == "qr")
        canvas.bitmap(box, qr.modules(piece.code))
    canvas.raw("Q\n")
