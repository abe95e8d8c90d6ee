"""Text shaped and fitted into a box: as large as it may be, then smaller, then on more lines, never outside.

Measures inside a line are in em (multiples of the type size), so that one shaping serves every size. Names,
companies and table words all go through `fit`; nothing in it knows about PDF.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import uharfbuzz as hb

from app.fonts import FontFace, Weight, chain

_KEEP: Final = 0.62
_SMALLEST: Final = 4.0
# Type may be this much smaller for the sake of a line that ends where the words do.
_NATURAL: Final = 0.6
# Type that would grow by less than this is not worth a further line.
_GAIN: Final = 1.08
_OPENING: Final = frozenset("（《〈「『【〔“‘([")
_CLOSING: Final = frozenset("）》〉」』】〕”’)],，.。、；;：:！!？?·・-—…%")
_AFTER: Final = frozenset("·・-—/／）)")
# The dot between the parts of a name; with blanks around it, it stands between two sayings and keeps its width.
_JOINT: Final = re.compile(r"(?<=\S)·(?=\S)")
# Words in which a company's name is never broken.
_WHOLE: Final = re.compile(
    "有限责任公司|股份有限公司|有限公司|分公司|公司|集团|股份|有限|商贸|贸易|科技|实业|销售|经营部|事务所|委员会|协会|商会|联合会"
)


class Glyph(NamedTuple):
    """One glyph, how far it moves the pen (shaped, and by the font alone), and what it stands for."""

    face: FontFace
    number: int
    advance: float
    nominal: float
    offset: float
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs in a row, with the left and right edge of their ink in em from the pen's start."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Block:
    """Fitted lines with the type size in points; `whole` is false where the end had to be left out."""

    lines: tuple[Line, ...]
    size: float
    line_height: float
    whole: bool = True

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * self.line_height

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0.0) * self.size


_Spans = list[tuple[int, int]]


class _Box(NamedTuple):
    width: float
    height: float
    size: float
    lines: int
    line_height: float
    keep: float
    natural: float


class _Break(NamedTuple):
    at: int
    is_natural: bool


def fit(
    text: str,
    weight: Weight,
    width: float,
    height: float,
    *,
    size: float,
    lines: int = 1,
    line_height: float = 1.2,
    keep: float = _KEEP,
    natural: float = _NATURAL,
    smallest: float = _SMALLEST,
) -> Block:
    """`text` at `size` points or less in a box of the given points, on at most so many lines.

    A further line is begun only when the type would fall below `keep` times `size`; then the number of
    lines that gives the largest type wins. Lines end where words do, unless breaking anywhere would allow type so
    much larger that the other falls below `natural` times it. Below `smallest` points the text is cut and ends in an
    ellipsis rather than leave the box.
    """
    box = _Box(width, height, size, lines, line_height, keep, natural)
    text = tidy(text)
    if not text:
        return Block((), 0.0, line_height)
    block = _largest(text, weight, box)
    if block.size >= smallest:
        return block
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        attempt = _largest(text[:middle].rstrip() + "…", weight, box)
        low, high = (middle, high) if attempt.size >= smallest else (low, middle)
    cut = _largest(text[:low].rstrip() + "…", weight, box)
    return Block(cut.lines, cut.size, line_height, whole=False)


def tidy(text: str) -> str:
    """Composed characters and single blanks: what is set, and so what is found when the PDF is searched."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=2048)
def shape(text: str, faces: tuple[FontFace, ...]) -> tuple[Glyph, ...]:
    """The glyphs of `text`, each character in the first of the faces that has it."""
    glyphs: list[Glyph] = []
    for start, end, face in _pieces(text, faces):
        buffer = hb.Buffer()
        buffer.add_str(text[start:end])
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        hb.shape(face.shaper, buffer, _features(text[start:end]))
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        ends = [*(info.cluster for info in infos[1:]), end - start]
        for info, position, following in zip(infos, positions, ends, strict=True):
            said = text[start + info.cluster : start + following] if following > info.cluster else ""
            nominal = face.shaper.get_glyph_h_advance(info.codepoint)
            glyphs.append(
                Glyph(
                    face,
                    info.codepoint,
                    position.x_advance / face.units,
                    nominal / face.units,
                    position.x_offset / face.units,
                    said,
                    start + info.cluster,
                )
            )
    return tuple(glyphs)


def _features(text: str) -> dict[str, bool | list[tuple[int, int, bool]]]:
    """How a Chinese face sets this text: its quotation marks and middle dots are an em wide unless told otherwise."""
    # One character must stay one glyph, or the text could not be copied out of the PDF letter by letter.
    features: dict[str, bool | list[tuple[int, int, bool]]] = {"liga": False, "clig": False, "dlig": False}
    apostrophes = [at for at, character in enumerate(text) if character == "’" and text[at - 1].isascii()]
    dots = [dot.start() for dot in _JOINT.finditer(text)]
    if not any(_is_ideograph(character) for character in text):
        features["pwid"] = True
    elif apostrophes:
        features["pwid"] = [(at, at + 1, True) for at in apostrophes]
    if dots:
        features["palt"] = [(at, at + 1, True) for at in dots]
    return features


def _pieces(text: str, faces: Sequence[FontFace]) -> Iterator[tuple[int, int, FontFace]]:
    if len(faces) == 1 or all(ord(character) in faces[0].characters for character in text):
        yield 0, len(text), faces[0]
        return
    start, current = 0, faces[0]
    for at, character in enumerate(text):
        face = next((face for face in faces if ord(character) in face.characters), faces[0])
        if face is not current:
            if at > start:
                yield start, at, current
            start, current = at, face
    yield start, len(text), current


def _largest(text: str, weight: Weight, box: _Box) -> Block:
    glyphs = shape(text, chain(weight))
    edges = _edges(glyphs, len(text))
    spans = _spans(text, edges, box)
    lines = tuple(_line([glyph for glyph in glyphs if start <= glyph.start < end]) for start, end in spans)
    widest = max((line.width for line in lines), default=0.0)
    reached = _reached(edges, spans, box)
    return Block(lines, min(reached, box.width / widest) if widest else reached, box.line_height)


def _spans(text: str, edges: list[float], box: _Box) -> _Spans:
    """Where each line begins and ends: on one line, or broken between words, or where there is no other way."""
    whole = [(0, len(text))]
    on_one = _reached(edges, whole, box)
    if on_one >= box.size * box.keep:
        return whole
    breaks = _breaks(text)
    natural = _best(text, edges, tuple(place.at for place in breaks if place.is_natural), box)
    anywhere = _best(text, edges, tuple(place.at for place in breaks), box)
    is_enough = _reached(edges, natural, box) >= box.natural * _reached(edges, anywhere, box)
    broken = natural if natural and is_enough else anywhere
    return broken if _reached(edges, broken, box) > on_one * _GAIN else whole


def _best(text: str, edges: list[float], places: tuple[int, ...], box: _Box) -> _Spans:
    """The balanced lines, two or more, that take the largest type; no lines where none can be made."""
    best: _Spans = []
    for count in range(2, box.lines + 1):
        found = _splits(text, edges, 0, count, places, {})
        if found and _reached(edges, found[1], box) > _reached(edges, best, box) * _GAIN:
            best = found[1]
        if _reached(edges, best, box) >= box.size * box.keep:
            break
    return best


def _reached(edges: list[float], spans: _Spans, box: _Box) -> float:
    """The type size at which these lines fill the box; 0 for no lines."""
    if not spans:
        return 0.0
    longest = max(edges[end] - edges[start] for start, end in spans) or 1.0
    return min(box.size, box.width / longest, box.height / (len(spans) * box.line_height))


def _line(glyphs: list[Glyph]) -> Line:
    pen, left, right = 0.0, 0.0, 0.0
    for number, glyph in enumerate(glyphs):
        ink = glyph.face.shaper.get_glyph_extents(glyph.number)
        if ink is not None and ink.width:
            from_pen = pen + glyph.offset + ink.x_bearing / glyph.face.units
            left = from_pen if number == 0 else min(left, from_pen)
            right = max(right, from_pen + ink.width / glyph.face.units)
        pen += glyph.advance
    return Line(tuple(glyphs), left, right)


def _edges(glyphs: Sequence[Glyph], length: int) -> list[float]:
    """The pen's place before each character, and after the last one."""
    edges = [-1.0] * (length + 1)
    pen = 0.0
    for glyph in glyphs:
        if edges[glyph.start] < 0:
            edges[glyph.start] = pen
        pen += glyph.advance
    edges[length] = pen
    for at in range(length - 1, -1, -1):
        if edges[at] < 0:
            edges[at] = edges[at + 1]
    return edges


def _splits(
    text: str,
    edges: list[float],
    start: int,
    count: int,
    places: tuple[int, ...],
    known: dict[tuple[int, int], tuple[float, _Spans] | None],
) -> tuple[float, _Spans] | None:
    """The longest line and the spans of `count` lines from `start` on, of which the longest is shortest."""
    key = (start, count)
    if key in known:
        return known[key]
    best: tuple[float, _Spans] | None = None
    if count == 1:
        best = (edges[len(text)] - edges[start], [(start, len(text))])
    else:
        for at in places:
            if at <= start:
                continue
            end = at - 1 if text[at - 1] == " " else at
            rest = _splits(text, edges, at, count - 1, places, known)
            if rest is None:
                continue
            longest = max(edges[end] - edges[start], rest[0])
            # At equal length the later break wins: a full first line reads better than a short one.
            if best is None or longest <= best[0]:
                best = (longest, [(start, end), *rest[1]])
    known[key] = best
    return best


def _breaks(text: str) -> list[_Break]:
    """Where a line may end: at blanks and joints of the name (natural), and between ideographs."""
    inside = {at for word in _WHOLE.finditer(text) for at in range(word.start() + 1, word.end())}
    found = []
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after in _CLOSING or before in _OPENING or after == " ":
            continue
        if before == " " or before in _AFTER or after in _OPENING:
            found.append(_Break(at, True))
        elif at not in inside and (_is_ideograph(before) or _is_ideograph(after)):
            found.append(_Break(at, False))
    return found


def _is_ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or ord(character) >= 0x20000
