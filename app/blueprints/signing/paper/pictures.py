"""Scans and photos: read for their code, laid flat, made light, and put together as a document again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from app import pdf_picture
from app.blueprints.signing.paper import flattening
from app.blueprints.signing.paper.flattening import Codes, Print
from app.blueprints.signing.rules import paper as rules
from app.errors import N_, SigningDayError

LARGEST = 25 * 1024 * 1024  # bytes of one upload
_MOST_PAGES = 60
_MOST_PIXELS = 60_000_000  # of one picture; a phone's has 12 to 50 million
_PHOTO = 2480  # pixels a page of a PDF is read at: a small code needs more than the page kept
_A4 = (595.28, 841.89)  # points


class ScanUnreadable(SigningDayError):
    """It is neither a picture nor a PDF that can be shown."""

    code = "scan_unreadable"
    sentence = N_("This file is neither a picture nor a PDF that we can show: %(name)s")


class ScanTooLarge(SigningDayError):
    """More than pages of a contract can be."""

    code = "scan_too_large"
    sentence = N_("This file is too large, or has too many pages: %(name)s")


@dataclass(frozen=True)
class Page:
    """One scanned page as JPEG, and what its code says, if one was found."""

    jpeg: bytes
    number: str | None
    page: int | None


def pages_of(content: bytes, name: str, printed: Print) -> list[Page]:
    """Return the pages of an upload, those of this print laid flat.

    Raises `ScanUnreadable` or `ScanTooLarge`, each with the file's name.
    """
    if len(content) > LARGEST:
        raise ScanTooLarge(name=name)
    return [_page(picture, printed) for picture in _pictures(content, name)]


def _pictures(content: bytes, name: str) -> Iterable[Image.Image]:
    if content.startswith(b"%PDF-"):
        return _of_pdf(content, name)
    try:
        picture = Image.open(BytesIO(content), formats=("JPEG", "PNG"))
        if picture.width * picture.height > _MOST_PIXELS:
            raise ScanTooLarge(name=name)
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as fault:
        raise ScanUnreadable(name=name) from fault
    return [ImageOps.exif_transpose(picture)]


def _of_pdf(content: bytes, name: str) -> Iterator[Image.Image]:
    """One page after the other: all at once would be a gigabyte."""
    try:
        count = pdf_picture.count(content)
        if count > _MOST_PAGES:
            raise ScanTooLarge(name=name)
        for number in range(1, count + 1):
            yield pdf_picture.page_image(content, number, width=_PHOTO)
    except pypdfium2.PdfiumError as fault:
        raise ScanUnreadable(name=name) from fault


def _page(picture: Image.Image, printed: Print) -> Page:
    seen = flattening.codes_of(picture.convert("L"))
    number, page, text = next(
        ((*read, text) for text in seen if (read := rules.read_code(text)) is not None), (None, None, "")
    )
    kept = picture.convert("RGB")
    if number == printed.number and page is not None:
        kept = _laid_flat(kept, seen, printed, page) or flattening.upright(kept, seen[text])
    if kept.width > flattening.WIDTH:
        height = round(kept.height * flattening.WIDTH / kept.width)
        kept = kept.resize((flattening.WIDTH, height), Image.Resampling.LANCZOS)
    target = BytesIO()
    kept.save(target, "JPEG", quality=82, optimize=True)
    return Page(target.getvalue(), number, page)


def _laid_flat(picture: Image.Image, seen: Codes, printed: Print, page: int) -> Image.Image | None:
    try:
        size, codes = printed.codes(page)
    except IndexError:
        return None
    return flattening.flat(picture, seen, size, codes)


def document(jpegs: list[bytes]) -> bytes:
    """Put JPEG pages together as a PDF, each filling an A4 page as far as its shape allows."""
    made = pikepdf.new()
    for jpeg in jpegs:
        with Image.open(BytesIO(jpeg)) as picture:
            width, height = picture.size
        scale = min(_A4[0] / width, _A4[1] / height)
        page = made.add_blank_page(page_size=_A4)
        image = pikepdf.Stream(made, jpeg)
        image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
        image.Width, image.Height, image.BitsPerComponent = width, height, 8
        image.ColorSpace = pikepdf.Name.DeviceRGB
        name = page.add_resource(image, pikepdf.Name.XObject)
        left, foot = (_A4[0] - width * scale) / 2, (_A4[1] - height * scale) / 2
        drawn = f"q {width * scale:.3f} 0 0 {height * scale:.3f} {left:.3f} {foot:.3f} cm {name} Do Q"
        page.contents_add(drawn.encode("ascii"))
    target = BytesIO()
    made.save(target)
    return target.getvalue()
