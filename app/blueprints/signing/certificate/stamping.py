"""Marks put on the pages of a document, and pages put behind it. Bytes in, bytes out; a PDF/A stays one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from app.blueprints.signing.rules import ink
from app.pdf import Field, Layout
from app.stamp import Canvas, Stamper

_LARGEST_STAMP: Final = 900  # pixels: 500 dots an inch at the size of a company stamp
_INK: Final = (0.078, 0.094, 0.114)
_TEXT: Final = {"keep": "0.5", "lines": "1"}


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page, counted from 0, in points from its lower left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ink:
    """Strokes in a place."""

    place: Place
    strokes: ink.Strokes


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a stamp in a place, as large as fits."""

    place: Place
    content: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """One line in a place: a name, a title, a date."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything that is put on the pages of one document."""

    inks: Sequence[Ink] = ()
    pictures: Sequence[Picture] = ()
    texts: Sequence[Text] = field(default=())

    def pages(self) -> list[int]:
        """Return the pages that get anything."""
        places = [*(one.place for one in self.inks), *(one.place for one in self.pictures)]
        return sorted({place.page for place in (*places, *(one.place for one in self.texts))})


def composed(base: bytes, behind: bytes, marks: Marks) -> bytes:
    """Return the document with the pages of another one behind it, and the marks on their places.

    What stood on a page stays as it is; the marks are a layer of their own above it.
    """
    with pikepdf.open(BytesIO(base)) as document, pikepdf.open(BytesIO(behind)) as more:
        document.pages.extend(more.pages)
        written = _written(document, marks)
        for number in marks.pages():
            _put(
                document,
                document.pages[number],
                written.get(number),
                [p for p in marks.pictures if p.place.page == number],
            )
        target = BytesIO()
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def count(content: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(content)) as document:
        return len(document.pages)


def _written(document: pikepdf.Pdf, marks: Marks) -> Mapping[int, pikepdf.Object]:
    """Strokes and texts of each page as one layer, drawn with our own fonts inside."""
    numbers = Marks(marks.inks, (), marks.texts).pages()
    if not numbers:
        return {}
    stamper = Stamper(Layout(_blank(), ()))
    for number in numbers:
        canvas = Canvas()
        for one in marks.inks:
            if one.place.page == number:
                canvas.raw(ink.operators(one.strokes, one.place.x, one.place.y, one.place.width, one.place.height))
        lines = [each for each in marks.texts if each.place.page == number and each.text]
        canvas.write(
            [_field(str(index), each.place) for index, each in enumerate(lines)],
            {str(index): each.text for index, each in enumerate(lines)},
        )
        box = document.pages[number].mediabox
        stamper.page(float(box[2]) - float(box[0]), float(box[3]) - float(box[1]), canvas)
    with pikepdf.open(BytesIO(stamper.save(title="", language="zh_CN"))) as layers:
        return {
            number: document.copy_foreign(layers.pages[index].as_form_xobject()) for index, number in enumerate(numbers)
        }


def _field(name: str, place: Place) -> Field:
    size = min(11.0, place.height * 0.72)
    return Field(name, place.x, place.y, place.width, place.height, size, "Medium", _INK, "left", 1.2, _TEXT)


def _blank() -> bytes:
    blank = pikepdf.new()
    blank.add_blank_page()
    target = BytesIO()
    blank.save(target)
    return target.getvalue()


def _put(document: pikepdf.Pdf, page: pikepdf.Page, layer: pikepdf.Object | None, pictures: Sequence[Picture]) -> None:
    shown: list[str] = []
    for picture in pictures:
        image, wide, high = _image(document, picture.content)
        place = picture.place
        scale = min(place.width / wide, place.height / high)
        width, height = wide * scale, high * scale
        left, foot = place.x + (place.width - width) / 2, place.y + (place.height - height) / 2
        name = page.add_resource(image, Name.XObject)
        shown.append(f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {foot:.3f} cm {name} Do Q")
    if layer is not None:
        shown.append(f"q {page.add_resource(layer, Name.XObject)} Do Q")
    page.contents_add(b"q", prepend=True)
    page.contents_add(("Q\n" + "\n".join(shown)).encode("ascii"))


def _image(document: pikepdf.Pdf, content: bytes) -> tuple[pikepdf.Object, int, int]:
    """A picture as an object of the document; what is transparent in it stays so."""
    with Image.open(BytesIO(content)) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((_LARGEST_STAMP, _LARGEST_STAMP))
    wide, high = picture.size
    kind: dict[str, Any] = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": wide,
        "Height": high,
        "BitsPerComponent": 8,
    }
    mask = document.make_stream(picture.getchannel("A").tobytes(), Dictionary(**kind, ColorSpace=Name.DeviceGray))
    colours = Dictionary(**kind, ColorSpace=Name.DeviceRGB, SMask=mask)
    return document.make_stream(picture.convert("RGB").tobytes(), colours), wide, high
