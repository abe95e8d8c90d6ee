"""Texts and codes stamped on laid-out designs: a thousand pages for the layout cost of one.

A `Stamper` takes the `Layout` of the designs. A design may receive the texts that are the same on all its
pages once; each page then only says which design it shows and adds its own texts. What a field looks like
comes from the template's style sheet, and its behaviour from the options in the field's address:

`lines=2` at most so many lines; `keep=0.9` begin the next line rather than shrink below this share; `natural=0.9` break
within a word rather than shrink below this share of what that allows;
`v=top|middle|bottom` where a shorter text stands in its box; `stack=NAME` fields that move up together when
one of them is empty or short, and stand as a block in the middle of the room they share.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name

from app import qr
from app.embed import FontBook
from app.pdf import Field, Layout
from app.typeset import Block, Line, fit

# An ideograph stands on 0.12 em under the baseline and reaches 0.88 em above it.
_ASCENT: Final = 0.88
_Piece = bytes | tuple[Line, float, float, float]


class Canvas:
    """What is drawn on one page or design, in points from the lower left corner."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []

    def raw(self, operators: str) -> None:
        """Add PDF operators as they are."""
        self.pieces.append(operators.encode("ascii"))

    def write(self, fields: Iterable[Field], values: Mapping[str, str]) -> None:
        """Set the values in the fields of their names. A field without a value stays empty."""
        stacks: dict[str, list[tuple[Field, Block]]] = {}
        for box in fields:
            block = fitted(box, values.get(box.name, ""))
            stack = box.options.get("stack")
            if stack:
                stacks.setdefault(stack, []).append((box, block))
            elif block.lines:
                room = box.height - block.height
                share = {"top": 0.0, "bottom": 1.0}.get(box.options.get("v", "middle"), 0.5)
                self._block(box, block, box.top - room * share)
        for members in stacks.values():
            self._stack(members)

    def code(self, box: Field, matrix: qr.Matrix) -> None:
        """A QR code with its quiet zone filling the box, as shapes that stay sharp at any size."""
        module = min(box.width, box.height) / (len(matrix) + 2 * qr.QUIET_ZONE)
        side = module * len(matrix)
        left = box.x + (box.width - side) / 2
        top = box.y + (box.height + side) / 2
        shapes = "\n".join(f"{x} {y} {length} 1 re" for x, y, length in qr.runs(matrix))
        # One path, one fill: viewers that smooth edges then leave no hair between the rows.
        self.raw(f"q 0 g {module:.4f} 0 0 {-module:.4f} {left:.3f} {top:.3f} cm\n{shapes}\nf Q\n")

    def bitmap(self, box: Field, matrix: qr.Matrix) -> None:
        """The same as a picture of one bit a module: a fifth of the bytes, for pages that carry dozens of codes."""
        module = min(box.width, box.height) / (len(matrix) + 2 * qr.QUIET_ZONE)
        side = module * len(matrix)
        left, foot = box.x + (box.width - side) / 2, box.y + (box.height - side) / 2
        octets = -(-len(matrix) // 8)
        spare = octets * 8 - len(matrix)
        lines = (int("".join("01"[dark] for dark in row), 2) << spare for row in matrix)
        bits = "".join(f"{line:0{octets * 2}X}" for line in lines)
        self.raw(
            f"q 0 g {side:.3f} 0 0 {side:.3f} {left:.3f} {foot:.3f} cm\n"
            f"BI /W {len(matrix)} /H {len(matrix)} /BPC 1 /IM true /D [1 0] /F /AHx ID {bits}> EI Q\n"
        )

    def _stack(self, members: list[tuple[Field, Block]]) -> None:
        """Blocks one under the other with the gaps of the template, the whole in the middle of its room."""
        room_top = max(box.top for box, _ in members)
        room = room_top - min(box.y for box, _ in members)
        shown: list[tuple[Field, Block]] = []
        gaps: list[float] = []
        for number, (box, block) in enumerate(members):
            if block.lines:
                gaps.append(members[number - 1][0].y - box.top if shown else 0.0)
                shown.append((box, block))
        used = sum(block.height for _, block in shown) + sum(gaps)
        top = room_top - (room - used) / 2
        for gap, (box, block) in zip(gaps, shown, strict=True):
            top -= gap
            self._block(box, block, top)
            top -= block.height

    def _block(self, box: Field, block: Block, top: float) -> None:
        red, green, blue = box.colour
        self.raw(f"{red:.3g} {green:.3g} {blue:.3g} rg\n")
        leading = block.size * block.line_height
        for number, line in enumerate(block.lines):
            spare = box.width - line.width * block.size
            share = {"center": 0.5, "right": 1.0, "end": 1.0}.get(box.align, 0.0)
            # The ink of the first stroke stands on the edge, so that lines of all sizes line up.
            x = box.x + spare * share - line.left * block.size
            baseline = top - leading * number - (leading - block.size) / 2 - _ASCENT * block.size
            self.pieces.append((line, x, baseline, block.size))


class Stamper:
    """Builds one PDF out of designs, pages and the fonts they use."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._source = pikepdf.open(BytesIO(layout.pdf))
        self._pdf = pikepdf.new()
        self._designs: dict[str, tuple[pikepdf.Object, Canvas]] = {}
        self._pages: list[tuple[float, float, Canvas]] = []

    def design(self, index: int, canvas: Canvas | None = None) -> str:
        """Page `index` of the layout with what all its copies share; returns the name that `show` wants."""
        name = f"D{len(self._designs)}"
        form = self._pdf.copy_foreign(self._source.pages[index].as_form_xobject())
        self._designs[name] = (form, canvas or Canvas())
        return name

    def page(self, width: float, height: float, canvas: Canvas) -> None:
        """A page of the given points showing the canvas."""
        self._pages.append((width, height, canvas))

    def save(self, *, title: str, language: str) -> bytes:
        """The finished PDF. It asks printers not to scale: badges must come out in true size."""
        book = FontBook()
        for canvas in (
            *(drawn for _, drawn in self._designs.values()),
            *(drawn for _, _, drawn in self._pages),
        ):
            for piece in canvas.pieces:
                if not isinstance(piece, bytes):
                    book.note(piece[0].glyphs)
        pdf = self._pdf
        fonts = pdf.make_indirect(book.embed(pdf))
        forms = Dictionary()
        for name, (form, canvas) in self._designs.items():
            forms[f"/{name}"] = self._form(book, fonts, form, canvas)
        resources = pdf.make_indirect(Dictionary(Font=fonts, XObject=forms))
        for width, height, canvas in self._pages:
            page = pdf.add_blank_page(page_size=(width, height))
            page.obj.Resources = resources
            page.obj.Contents = pdf.make_stream(_operators(canvas, book))
        pdf.Root.Lang = pikepdf.String(language.replace("_", "-"))
        pdf.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), DisplayDocTitle=True)
        pdf.docinfo["/Title"] = title
        target = BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return target.getvalue()

    def _form(self, book: FontBook, fonts: pikepdf.Object, form: pikepdf.Object, canvas: Canvas) -> pikepdf.Object:
        if not canvas.pieces:
            return form
        return self._pdf.make_stream(
            b"/D Do\n" + _operators(canvas, book),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=form.BBox,
            Resources=Dictionary(Font=fonts, XObject=Dictionary(D=form)),
        )


def show(design: str, x: float = 0.0, y: float = 0.0) -> str:
    """The operators that draw a design with its lower left corner at the given point."""
    return f"q 1 0 0 1 {x:.3f} {y:.3f} cm /{design} Do Q\n"


def fitted(box: Field, text: str) -> Block:
    """The text as the field will show it; tests and previews measure the same block."""
    options = box.options
    return fit(
        text,
        box.weight,
        box.width,
        box.height,
        size=box.size,
        line_height=box.line_height,
        lines=int(options.get("lines", "1")),
        keep=float(options.get("keep", "0.62")),
        natural=float(options.get("natural", "0.6")),
    )


def _operators(canvas: Canvas, book: FontBook) -> bytes:
    return b"".join(piece if isinstance(piece, bytes) else _text(*piece, book) for piece in canvas.pieces)


def _text(line: Line, x: float, y: float, size: float, book: FontBook) -> bytes:
    parts = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
    shown: list[str] = []
    font, pending = "", ""
    for glyph in line.glyphs:
        name, code = book.code(glyph)
        if name != font:
            parts += [f"[{''.join(shown)}<{pending}>] TJ"] if font else []
            parts.append(f"/{name} {size:.3f} Tf")
            font, shown, pending = name, [], ""
        if glyph.offset:
            shown.append(f"<{pending}>{-glyph.offset * 1000:.0f}")
            pending = ""
        pending += code
        # A positive number moves back: what kerning took away, and the shift of the glyph itself.
        back = (glyph.nominal - glyph.advance + glyph.offset) * 1000
        if abs(back) >= 0.5:
            shown.append(f"<{pending}>{back:.0f}")
            pending = ""
    parts.append(f"[{''.join(shown)}<{pending}>] TJ ET\n")
    return " ".join(parts).encode("ascii")
