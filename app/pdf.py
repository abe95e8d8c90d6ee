"""HTML in, PDF out: WeasyPrint behind one door, with our fonts, our static files and nothing from outside.

`render` makes a whole document, `render_with_fields` one that is signed and filled in later. `lay_out` makes designs
to be stamped: every empty `<a href="field:NAME">` of the template becomes a `Field`, a box on the page with the type
size, weight, colour and alignment that the style sheet gave it. Templates are plain Jinja: they know no request, and
get the language.
"""

import gc
import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit
from urllib.request import url2pathname

import pikepdf
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import clock, fonts, texts

TEMPLATES: Final = Path(__file__).parent / "templates"
STATIC: Final = Path(__file__).parent / "static"

_POINTS_PER_PIXEL: Final = 0.75
_FIELD: Final = "field"
_OURS: Final = "/SigningDay"  # our name among those who keep notes of their own in a PDF
_LINKED: Final = re.compile(r'<link rel="stylesheet" href="(print/\w+\.css)">')
# A font cut down to a contract's characters has wide empty stretches: at the highest level, which pydyf takes, zlib
# needs more than twice the time of this one and saves half a percent.
_COMPRESSION: Final = 6
# Pango and fontconfig share state between threads; the worker's threads and the web's would meet in it.
_ONE_AT_A_TIME: Final = Lock()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """One document at a time, and no collecting of garbage meanwhile: a layout makes a million objects that are all
    still needed, and looking through them again and again takes a quarter of its time. So the document is to be let go
    before the end, or all of it is looked through once more.
    """
    with _ONE_AT_A_TIME:
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_on:
                gc.enable()


@dataclass(frozen=True, slots=True)
class Field:
    """A named box on a laid-out page, in points from the lower left corner, and how text in it shall look."""

    name: str
    x: float
    y: float
    width: float
    height: float
    size: float
    weight: fonts.Weight
    colour: tuple[float, float, float]
    align: str
    line_height: float
    options: dict[str, str] = field(default_factory=dict)

    @property
    def top(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class LaidPage:
    """The size of a page in points and its fields in the order of the template."""

    width: float
    height: float
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A laid-out document: its PDF and what lies where on each page."""

    pdf: bytes
    pages: tuple[LaidPage, ...]


def page_html(template: str, language: str, /, **values: Any) -> str:
    """A template of `app/templates` filled in, its sentences in the given language."""
    return _environment(language).get_template(template).render(language=language, **values)


def render(html: str, base_url: str | None = None, *, css: str = "", archival: bool = False) -> bytes:
    """The document as PDF. Relative addresses start at the static folder unless `base_url` says otherwise.

    Pictures and style sheets come from the static folder or `data:` addresses; any other address is left
    out, so no text that a person typed can make the server ask another machine. `archival` gives PDF/A-3u.
    """
    weasyprint = _weasyprint()
    variant = {"pdf_variant": "pdf/a-3u"} if archival else {}
    target = BytesIO()
    with _undisturbed():
        _document(weasyprint, html, base_url, css).write_pdf(target, finisher=_compressed, **variant)
    return target.getvalue()


def lay_out(html: str, base_url: str | None = None, *, css: str = "") -> Layout:
    """Designs for stamping: the PDF of the given pages and the fields found on each."""
    weasyprint = _weasyprint()
    target = BytesIO()
    with _undisturbed():
        document = _document(weasyprint, html, base_url, css)
        document.write_pdf(target, finisher=_compressed)
        pages = tuple(_laid_page(page) for page in document.pages)
        del document  # see _undisturbed
    return Layout(target.getvalue(), pages)


def render_with_fields(html: str, *, css: str = "") -> Layout:
    """A document of the archival kind (PDF/A-3u) that remembers its own fields, so that they can be filled in later.

    The fields are no links in the PDF. They are written into its catalog, where `fields_of` finds them again.
    """
    weasyprint = _weasyprint()
    target = BytesIO()
    with _undisturbed():
        document = _document(weasyprint, html, None, css)
        pages = tuple(_laid_page(page) for page in document.pages)
        for page in document.pages:
            page.links[:] = [link for link in page.links if urlsplit(link[1]).scheme != _FIELD]
        document.write_pdf(target, pdf_variant="pdf/a-3u", finisher=_remembering(pages))
        del document, page  # see _undisturbed
    return Layout(target.getvalue(), pages)


def fields_of(content: bytes) -> tuple[LaidPage, ...]:
    """The pages and fields that `render_with_fields` wrote into a document; no pages when it is not one of ours.

    Later stamps and seals leave them as they are.
    """
    with pikepdf.open(BytesIO(content)) as document:
        kept = document.Root.get("/PieceInfo")
        note = kept.get(_OURS, pikepdf.Dictionary()).get("/Private") if kept is not None else None
    return _recalled(str(note)) if note is not None else ()


def _remembering(pages: tuple[LaidPage, ...]) -> Any:
    import pydyf

    note = json.dumps([asdict(page) for page in pages], separators=(",", ":"))
    moment = clock.now().strftime("D:%Y%m%d%H%M%SZ")

    def finish(laid_out: Any, document: Any) -> None:
        _compressed(laid_out, document)
        entry = pydyf.Dictionary({"LastModified": pydyf.String(moment), "Private": pydyf.String(note)})
        document.catalog["PieceInfo"] = pydyf.Dictionary({_OURS[1:]: entry})

    return finish


def _compressed(_laid_out: Any, document: Any) -> None:
    """Compress what pydyf is about to compress, at a level of our own."""
    import pydyf

    for each in document.objects:
        if getattr(each, "compress", False):
            content = pydyf.Stream(each.stream).data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            each.stream = [zlib.compress(content, _COMPRESSION)]
            each.extra["Filter"], each.compress = "/FlateDecode", False


def _recalled(note: str) -> tuple[LaidPage, ...]:
    return tuple(
        LaidPage(page["width"], page["height"], tuple(Field(**_field_facts(each)) for each in page["fields"]))
        for page in json.loads(note)
    )


def _field_facts(kept: dict[str, Any]) -> dict[str, Any]:
    return kept | {"colour": tuple(kept["colour"])}


def _document(weasyprint: ModuleType, html: str, base_url: str | None, css: str) -> Any:
    font_config = weasyprint.text.fonts.FontConfiguration()
    sheets = [weasyprint.CSS(string=css, font_config=font_config, url_fetcher=_fetcher())] if css else []
    if base_url is None and not css:  # a sheet of ours is read once, not with every document
        html, sheets = _LINKED.sub("", html), [_sheet(*_dated(name)) for name in _LINKED.findall(html)]
    source = weasyprint.HTML(string=html, base_url=base_url or STATIC.as_uri() + "/", url_fetcher=_fetcher())
    return source.render(font_config=font_config, stylesheets=sheets)


def _dated(name: str) -> tuple[str, int]:
    return name, (STATIC / name).stat().st_mtime_ns


@cache
def _sheet(name: str, _changed: int) -> Any:
    import weasyprint

    return weasyprint.CSS(filename=str(STATIC / name), url_fetcher=_fetcher())


def _laid_page(page: Any) -> LaidPage:
    height = page.height * _POINTS_PER_PIXEL
    fields = []
    for _, target, rectangle, box in page.links:
        address = urlsplit(target)
        if address.scheme == _FIELD:
            left, top, right, bottom = (edge * _POINTS_PER_PIXEL for edge in rectangle)
            place = (left, height - bottom, right - left, bottom - top)
            fields.append(_field(address.path, place, dict(parse_qsl(address.query)), box.style))
    return LaidPage(page.width * _POINTS_PER_PIXEL, height, tuple(fields))


def _field(name: str, place: tuple[float, float, float, float], options: dict[str, str], style: Any) -> Field:
    leading, heavy = style["line_height"], style["font_weight"]
    red, green, blue = style["color"].to("srgb").coordinates
    return Field(
        name,
        *place,
        size=style["font_size"] * _POINTS_PER_PIXEL,
        weight="Bold" if heavy >= 600 else "Medium" if heavy >= 500 else "Regular",
        colour=(red, green, blue),
        align=style["text_align_all"],
        line_height=float(leading) if isinstance(leading, int | float) else 1.2,
        options=options,
    )


def _weasyprint() -> ModuleType:
    """WeasyPrint, imported with the first PDF: a process that makes none starts a second faster."""
    for weight in fonts.WEIGHTS:
        fonts.shipped_file(weight)  # raises where one is missing: with no font at all Pango ends the whole process
    os.environ["FONTCONFIG_FILE"] = str(fonts.fontconfig_file())
    import weasyprint
    import weasyprint.text.fonts

    module: ModuleType = weasyprint
    return module


@cache
def _fetcher() -> Any:
    import weasyprint.urls

    class OwnFilesOnly(weasyprint.urls.URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith("data:"):
                address = urlsplit(url)
                # Not resolved, only flattened: set-up may link the vendor folder to another place.
                path = Path(os.path.normpath(url2pathname(address.path)))
                if address.scheme != "file" or address.netloc or not path.is_relative_to(STATIC):
                    raise ValueError("Only files of the static folder may be used in a PDF.")
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols={"file", "data"}, allow_redirects=False)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(texts.translations(language), newstyle=True)  # type: ignore[attr-defined]
    return environment
