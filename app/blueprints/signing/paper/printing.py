"""The document for the pen: as it was approved, with a code in the corner of every page that says which one it is."""

from io import BytesIO

import pikepdf

from app import links, qr
from app.blueprints.signing.rules import paper as rules

_SIDE = 45.0  # points: 16 mm, read by a phone from a hand's breadth
_EDGE = 17.0


def with_codes(pdf: bytes, number: str) -> bytes:
    """Return the document with a code in the upper right corner of each page."""
    with pikepdf.open(BytesIO(pdf)) as document:
        for at, page in enumerate(document.pages, start=1):
            right, top = float(page.mediabox[2]) - _EDGE, float(page.mediabox[3]) - _EDGE
            # What a page draws may leave the axes turned over; ours begins with them as they were.
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q")
            page.contents_add(_code(links.public(rules.code(number, at)), right, top))
        target = BytesIO()
        document.save(target)
    return target.getvalue()


def _code(text: str, right: float, top: float) -> bytes:
    matrix = qr.modules(text)
    module = _SIDE / len(matrix)
    shapes = "\n".join(f"{x} {y} {length} 1 re" for x, y, length in qr.runs(matrix))
    return f"q 0 g {module:.4f} 0 0 {-module:.4f} {right - _SIDE:.3f} {top:.3f} cm\n{shapes}\nf Q".encode("ascii")
