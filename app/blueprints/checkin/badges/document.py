"""From faces to PDF: one design per kind of guest is laid out, names and codes are stamped on it."""

from collections.abc import Sequence

from app import qr
from app.blueprints.checkin.badges.faces import BadgeFace, BadgeHeading, BadgeSize
from app.fonts import missing_characters
from app.pdf import LaidPage, lay_out, page_html
from app.stamp import Canvas, Stamper, show

_TEMPLATE = "checkin/print/badges.html"


def badge_pdf(
    faces: Sequence[BadgeFace],
    *,
    size: BadgeSize,
    heading: BadgeHeading,
    language: str = "zh_CN",
) -> bytes:
    """The badges in the order given: a page each, or eight to a page on the A4 sheet.

    Takes about a millisecond of CPU a badge. Raises ValueError for no faces. Ask `uncovered` first: a
    character that no font has comes out as an empty frame.
    """
    if not faces:
        raise ValueError("A badge PDF needs at least one face.")
    kinds = list(dict.fromkeys((face.kind_word, face.kind_colour, face.ink, face.is_crew) for face in faces))
    is_sheet = size is BadgeSize.SHEET
    html = page_html(
        _TEMPLATE, language, size=size.value, kinds=len(kinds), crew=[kind[3] for kind in kinds], is_sheet=is_sheet
    )
    stamper = Stamper(lay_out(html, css=_kind_colours([(colour, ink) for _, colour, ink, _ in kinds])))
    designs = {
        (word, colour, is_crew): (_design(stamper, number, word, heading), stamper.layout.pages[number])
        for number, (word, colour, _, is_crew) in enumerate(kinds)
    }
    cards = [(face, *designs[face.kind_word, face.kind_colour, face.is_crew]) for face in faces]
    if is_sheet:
        _sheets(stamper, cards, heading)
    else:
        for face, design, page in cards:
            canvas = Canvas()
            canvas.raw(show(design))
            _personal(canvas, face, page)
            stamper.page(page.width, page.height, canvas)
    return stamper.save(title=heading.event, language=language)


def uncovered(faces: Sequence[BadgeFace]) -> list[tuple[BadgeFace, list[str]]]:
    """The faces with characters that no font here can draw, and which those are."""
    found = []
    for face in faces:
        printed = f"{face.name}{face.latin}{face.company}{face.kind_word}{face.second}"
        missing = missing_characters(printed)
        if missing:
            found.append((face, missing))
    return found


def _design(stamper: Stamper, number: int, word: str, heading: BadgeHeading) -> str:
    canvas = Canvas()
    shared = {"kind": word, "event": heading.event, "theme": heading.theme, "place": heading.place}
    canvas.write(stamper.layout.pages[number].fields, shared)
    return stamper.design(number, canvas)


def _personal(canvas: Canvas, face: BadgeFace, page: LaidPage) -> None:
    values = {
        "name": face.name,
        "latin": face.latin,
        "company": face.company,
        "second": face.second,
        "code": face.code,
    }
    canvas.write(page.fields, values)
    for box in page.fields:
        if box.name == "qr":
            canvas.code(box, qr.modules(face.url))


def _sheets(stamper: Stamper, cards: list[tuple[BadgeFace, str, LaidPage]], heading: BadgeHeading) -> None:
    """Cards in the cells, row by row. The last page of the layout is the sheet with its marks."""
    sheet = stamper.layout.pages[-1]
    marks = stamper.design(len(stamper.layout.pages) - 1)
    cells = [box for box in sheet.fields if box.name == "cell"]
    count = -(-len(cards) // len(cells))
    for number in range(count):
        canvas = Canvas()
        canvas.raw(show(marks))
        canvas.write(sheet.fields, {"event": heading.event, "number": f"{number + 1} / {count}"})
        here = cards[number * len(cells) : (number + 1) * len(cells)]
        for cell, (face, design, page) in zip(cells, here, strict=False):
            canvas.raw(f"q 1 0 0 1 {cell.x:.3f} {cell.y:.3f} cm\n{show(design)}")
            _personal(canvas, face, page)
            canvas.raw("Q\n")
        stamper.page(sheet.width, sheet.height, canvas)


def _kind_colours(colours: list[tuple[str, str]]) -> str:
    return "".join(
        f".kind-{number} {{ --band: {band}; --ink: {ink}; }}\n" for number, (band, ink) in enumerate(colours)
    )
