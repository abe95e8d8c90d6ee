"""Fonts inside a PDF: only the glyphs that were drawn, and for each the character it stands for.

The shipped face goes in as a subset TrueType font. Fallback faces come in any format an operator may own
(collections, CFF, variable), so their few rare characters go in as a Type 3 font of plain outlines, which
every viewer draws.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name

from app.fonts import FontFace
from app.typeset import Glyph

_KEPT_TABLES: Final = ("glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep")
_TYPE3_SIZE: Final = 256
_MISSING: Final = 0


@dataclass(slots=True)
class _Use:
    face: FontFace
    glyphs: dict[int, str] = field(default_factory=dict)


class FontBook:
    """Collects what is drawn. `note` every glyph, `embed` once, then ask for each `code`."""

    def __init__(self) -> None:
        self._uses: dict[int, _Use] = {}
        self._codes: dict[tuple[int, int], tuple[str, str]] = {}

    def note(self, glyphs: Iterable[Glyph]) -> None:
        """Remember that these glyphs will be drawn."""
        for glyph in glyphs:
            use = self._uses.get(id(glyph.face))
            if use is None:
                use = self._uses[id(glyph.face)] = _Use(glyph.face)
            if glyph.number not in use.glyphs or not use.glyphs[glyph.number]:
                use.glyphs[glyph.number] = glyph.text

    def embed(self, pdf: pikepdf.Pdf) -> Dictionary:
        """The font resources of the document, holding all glyphs noted so far."""
        fonts = Dictionary()
        for number, use in enumerate(self._uses.values()):
            if use.face.is_truetype:
                fonts[f"/F{number}"] = self._truetype(pdf, use, f"F{number}")
                continue
            drawn = sorted(use.glyphs)
            for part in range(0, len(drawn), _TYPE3_SIZE):
                name = f"F{number}x{part // _TYPE3_SIZE}"
                fonts[f"/{name}"] = self._type3(pdf, use, drawn[part : part + _TYPE3_SIZE], name)
        return fonts

    def code(self, glyph: Glyph) -> tuple[str, str]:
        """The font's resource name and the hexadecimal code under which it draws this glyph."""
        return self._codes[id(glyph.face), glyph.number]

    def _truetype(self, pdf: pikepdf.Pdf, use: _Use, name: str) -> pikepdf.Object:
        face = use.face
        order = hb.SubsetInput()
        order.glyph_set.update({_MISSING, *use.glyphs})
        order.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        unwanted = set(face.outlines.table_tags).difference(_KEPT_TABLES)
        order.drop_table_tag_set.update({int.from_bytes(tag.encode("ascii"), "big") for tag in unwanted})
        plan = hb.SubsetPlan(face.outlines, order)
        moved = dict(plan.old_to_new_glyph_mapping.items())
        data = plan.execute().blob.data
        codes = {number: f"{moved[number]:04X}" for number in use.glyphs}
        self._codes |= {(id(face), number): (name, code) for number, code in codes.items()}
        file = pdf.make_stream(data, Length1=len(data))
        label = Name(f"/{_tag(codes)}+{face.path.stem.replace('_', '-')}")
        descendant = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType2,
                BaseFont=label,
                CIDToGIDMap=Name.Identity,
                CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
                FontDescriptor=pdf.make_indirect(_descriptor(face, label, file)),
                DW=1000,
                W=_widths(face, {moved[number]: number for number in use.glyphs}),
            )
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=label,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([descendant]),
                ToUnicode=pdf.make_stream(_to_unicode({codes[number]: said for number, said in use.glyphs.items()}, 2)),
            )
        )

    def _type3(self, pdf: pikepdf.Pdf, use: _Use, drawn: list[int], name: str) -> pikepdf.Object:
        face = use.face
        scale = 1 / face.units
        procedures, widths, said = Dictionary(), [], {}
        for code, number in enumerate(drawn):
            width = face.shaper.get_glyph_h_advance(number)
            procedures[f"/g{code}"] = pdf.make_stream(_outline(face, number, width))
            widths.append(width)
            said[f"{code:02X}"] = use.glyphs[number]
            self._codes[id(face), number] = (name, f"{code:02X}")
        names = [Name(f"/g{code}") for code in range(len(drawn))]
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type3,
                Name=Name(f"/{name}"),
                FontBBox=Array([0, 0, 0, 0]),
                FontMatrix=Array([scale, 0, 0, scale, 0, 0]),
                CharProcs=procedures,
                FirstChar=0,
                LastChar=len(drawn) - 1,
                Encoding=Dictionary(Type=Name.Encoding, Differences=Array([0, *names])),
                Widths=Array(widths),
                Resources=Dictionary(),
                ToUnicode=pdf.make_stream(_to_unicode(said, 1)),
            )
        )


def _descriptor(face: FontFace, label: Name, file: pikepdf.Object) -> Dictionary:
    extents = face.shaper.get_font_extents("ltr")
    scale = 1000 / face.units
    ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
    # 4 is "symbolic": the codes are glyph numbers of this subset and follow no standard alphabet.
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=label,
        Flags=4,
        FontBBox=Array([-1000, descent, 3000, ascent]),
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=733,
        StemV=80,
        FontFile2=file,
    )


def _widths(face: FontFace, numbers: dict[int, int]) -> Array:
    """The `W` array: the advance of each glyph that is not an em wide, as ideographs are."""
    widths: list[Any] = []
    for code, number in sorted(numbers.items()):
        width = round(face.shaper.get_glyph_h_advance(number) * 1000 / face.units)
        if width != 1000:
            widths += [code, Array([width])]
    return Array(widths)


def _to_unicode(said: dict[str, str], width: int) -> bytes:
    known = [(code, text.encode("utf-16-be").hex().upper()) for code, text in sorted(said.items()) if text]
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"1 begincodespacerange <{'00' * width}> <{'FF' * width}> endcodespacerange",
    ]
    for start in range(0, len(known), 100):
        some = known[start : start + 100]
        parts.append(f"{len(some)} beginbfchar")
        parts += [f"<{code}> <{text}>" for code, text in some]
        parts.append("endbfchar")
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(parts).encode("ascii")


def _outline(face: FontFace, number: int, width: int) -> bytes:
    """A glyph as a Type 3 procedure; quadratic curves are raised to the cubic ones that PDF has."""
    path: list[str] = []
    pen = [0.0, 0.0]

    def move(x: float, y: float, _: Any) -> None:
        path.append(f"{x:g} {y:g} m")
        pen[:] = x, y

    def line(x: float, y: float, _: Any) -> None:
        path.append(f"{x:g} {y:g} l")
        pen[:] = x, y

    def cubic(a: float, b: float, c: float, d: float, x: float, y: float, _: Any) -> None:
        path.append(f"{a:g} {b:g} {c:g} {d:g} {x:g} {y:g} c")
        pen[:] = x, y

    def quadratic(a: float, b: float, x: float, y: float, data: Any) -> None:
        near = (pen[0] + 2 * (a - pen[0]) / 3, pen[1] + 2 * (b - pen[1]) / 3)
        cubic(*near, x + 2 * (a - x) / 3, y + 2 * (b - y) / 3, x, y, data)

    draw = hb.DrawFuncs()
    draw.set_move_to_func(move)
    draw.set_line_to_func(line)
    draw.set_cubic_to_func(cubic)
    draw.set_quadratic_to_func(quadratic)
    draw.set_close_path_func(lambda _: path.append("h"))
    face.shaper.draw_glyph(number, draw, None)
    box = face.shaper.get_glyph_extents(number)
    top, left = box.y_bearing, box.x_bearing
    return f"{width} 0 {left} {top + box.height} {left + box.width} {top} d1\n{' '.join(path)} f".encode("ascii")


def _tag(codes: Iterable[object]) -> str:
    """Six letters that mark the font as a subset, as the standard asks."""
    number = abs(hash(tuple(codes)))
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))
