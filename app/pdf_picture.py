"""A page of a PDF as a picture, to look at before printing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pypdfium2
from PIL import Image

_LARGEST_SCALE = 20.0  # pixels a point: a page of a few points would else become a picture of billions

# The library draws one page at a time; our threads take turns.
_turn = threading.Lock()


def first_page(pdf: bytes, *, width: int) -> bytes:
    """Return the first page as a PNG of so many pixels across."""
    return page_picture(pdf, 1, width=width)


def page_picture(pdf: bytes, number: int, *, width: int) -> bytes:
    """Return a page, counted from 1, as a PNG of so many pixels across. `IndexError` when there is none such."""
    target = BytesIO()
    page_image(pdf, number, width=width).save(target, "PNG")
    return target.getvalue()


def page_image(pdf: bytes, number: int, *, width: int) -> Image.Image:
    """Return a page, counted from 1, as a picture in memory. `IndexError` when there is none such."""
    with _opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        return _drawn(document[number - 1], width)


def count(pdf: bytes) -> int:
    """Return how many pages there are. `PdfiumError` when it is no PDF that can be shown."""
    with _opened(pdf) as document:
        return len(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _turn:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _drawn(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    picture: Image.Image = page.render(scale=min(width / page.get_width(), _LARGEST_SCALE)).to_pil()
    return picture
