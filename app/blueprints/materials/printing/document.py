"""The printed lists as PDF, in either language, whatever the names in them are."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from app import pdf, qr
from app.blueprints.materials.printing.sheets import Heading, Note, PackedKit

_FOLDER = "materials/print"


def delivery_note_pdf(heading: Heading, notes: Sequence[Note], *, language: str) -> bytes:
    """A delivery note for each supplier, each on pages of its own."""
    return _render("delivery_note", heading, language, notes=notes)


def packing_list_pdf(heading: Heading, kits: Sequence[PackedKit], boxes: Sequence[Any], *, language: str) -> bytes:
    """The packing list: kits counted down to parts, then what is in which box."""
    return _render("packing_list", heading, language, kits=kits, boxes=boxes)


def _render(template: str, heading: Heading, language: str, **values: Any) -> bytes:
    code = "data:image/png;base64," + b64encode(qr.png(heading.url)).decode("ascii")
    html = pdf.page_html(f"{_FOLDER}/{template}.html", language, heading=heading, code=code, **values)
    return pdf.render(html)
