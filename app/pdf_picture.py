"""A page of a PDF as a picture, to look at before printing."""

import threading
from io import BytesIO

import pypdfium2

# The library draws one page at a time; our threads take turns.
_turn = threading.Lock()


def first_page(pdf: bytes, *, width: int) -> bytes:
    """Return the first page as a PNG of so many pixels across."""
    target = BytesIO()
    with _turn:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            page.render(scale=width / page.get_width()).to_pil().save(target, "PNG")
        finally:
            document.close()
    return target.getvalue()
