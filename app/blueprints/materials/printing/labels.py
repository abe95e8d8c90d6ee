"""Labels for boxes and things, and blank ones that find their box later: on sheets, for label printers, or A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app import qr
from app.errors import N_
from app.pdf import LaidPage, lay_out, page_html
from app.stamp import Canvas, Stamper, show
from app.texts import gettext

_TEMPLATE = "materials/print/labels.html"


class LabelSize(StrEnum):
    """How labels come: so many on a sheet of A4, or one a page, width by height in millimetres."""

    SHEET_8 = "a4-8"  # 99.1 × 67.7 mm, two by four
    SHEET_24 = "a4-24"  # 70 × 37 mm, three by eight
    ROLL_100X70 = "100x70"
    ROLL_60X40 = "60x40"
    A4 = "a4"

    @property
    def is_sheet(self) -> bool:
        return self in {LabelSize.SHEET_8, LabelSize.SHEET_24}


@dataclass(frozen=True, slots=True)
class LabelFace:
    """What stands on a label. One without a name is blank: it has a line to write on. `url` should be upper case."""

    url: str
    code: str
    name: str = ""
    place: str = ""
    holds: str = ""


def labels_pdf(faces: Sequence[LabelFace], *, size: LabelSize, event: str, language: str) -> bytes:
    """The labels in the order given. Raises ValueError for none."""
    if not faces:
        raise ValueError("A PDF of labels needs at least one.")
    stamper = Stamper(lay_out(page_html(_TEMPLATE, language, size=size.value, is_sheet=size.is_sheet)))
    pages = stamper.layout.pages
    designs = [stamper.design(index) for index in (0, 1)]
    if not size.is_sheet:
        for face in faces:
            canvas = Canvas()
            _label(canvas, face, designs, pages, event)
            stamper.page(pages[0].width, pages[0].height, canvas)
    else:
        cells = [box for box in pages[2].fields if box.name == "cell"]
        for start in range(0, len(faces), len(cells)):
            canvas = Canvas()
            for cell, face in zip(cells, faces[start : start + len(cells)], strict=False):
                canvas.raw(f"q 1 0 0 1 {cell.x:.3f} {cell.y:.3f} cm\n")
                _label(canvas, face, designs, pages, event)
                canvas.raw("Q\n")
            stamper.page(pages[2].width, pages[2].height, canvas)
    return stamper.save(title=f"{gettext(language, N_('Labels'))} · {event}", language=language)


def _label(canvas: Canvas, face: LabelFace, designs: Sequence[str], pages: Sequence[LaidPage], event: str) -> None:
    is_blank = not face.name
    canvas.raw(show(designs[is_blank]))
    # A blank label may go to any event.
    values = {"name": face.name, "code": face.code, "place": face.place, "holds": face.holds}
    canvas.write(pages[is_blank].fields, values | ({} if is_blank else {"event": event}))
    for box in pages[is_blank].fields:
        if box.name == "qr":
            canvas.code(box, qr.modules(face.url))
