"""A page of a PDF as a picture, to look at before printing."""

import threading
from io import BytesIO

import pypdfium2

# The library draws one page at a time; our threads take turns.
_turn = threading.Lock()


def first_page(pdf: bytes, *, width: int) -> bytes:
    """Return the first page as a PNG of so many pixels across."""
    return page_picture(pdf, 1, width=width)


def page_picture(pdf: bytes, number: int, *, width: int) -> bytes:
    """Return a page, counted from 1, as a PNG of so many pixels across. `IndexError` when there is none such."""
    target = BytesIO()
    with _turn:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            page = document[number - 1]
            page.render(scale=width / page.get_width()).to_pil().save(target, "PNG")
        finally:
            document.close()
    return target.getvalue()
