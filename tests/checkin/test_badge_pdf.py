import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

from app import fonts, stamp
from app.blueprints.checkin.badges import (
    KIND_COLOURS,
    BadgeFace,
    BadgeHeading,
    BadgeSize,
    badge_pdf,
    uncovered,
)
from app.pdf import lay_out, page_html
from app.typeset import Block
from tests.load import badges as bench

LONG_CHINESE = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
LONG_LATIN = "Alexander Konstantinopoulos-Wright von Hohenzollern"
LONG_TRANSCRIBED = "阿卜杜勒·艾合买提·买买提明·吐尔逊江·阿布都热合曼诺夫"
HEADING = BadgeHeading("2026 华东渠道招商大会", "携手同行 · 共赢新渠道", "2026年11月26日 · 杭州国际博览中心")
PAPER = {
    BadgeSize.A6: (105, 148),
    BadgeSize.CARD_90X54: (90, 54),
    BadgeSize.CARD_86X54: (86, 54),
    BadgeSize.CARD_100X70: (100, 70),
    BadgeSize.SHEET: (210, 297),
}


def face(name: str, number: int = 1, **more: str) -> BadgeFace:
    code = f"K7M9QX{number:02}"
    values: dict[str, Any] = {
        "kind_word": "经销商",
        "kind_colour": KIND_COLOURS["dealer"],
        "url": f"HTTPS://SIGNING.EXAMPLE.COM/B/{code}",
        "code": code,
    }
    return BadgeFace(name=name, **{**values, **more})


def some_faces() -> list[BadgeFace]:
    return [
        face("张三丰", 1, latin="Zhang Sanfeng", company="杭州西湖龙腾商贸有限公司", second="8 桌"),
        face("李娜", 2, latin="Li Na", kind_word="专家", kind_colour=KIND_COLOURS["expert"], second="主桌"),
        face("欧阳修远", 3, company="钱江晚报", kind_word="媒体", kind_colour=KIND_COLOURS["media"]),
        face(LONG_LATIN, 4, company="Ministry of Commerce and International Trade Development"),
        face(LONG_CHINESE, 5, company="上海市浦东新区张江高科技园区生物医药科技股份有限公司"),
        face(LONG_TRANSCRIBED, 6, latin="Abdul Ahmat Mamatmin"),
        face("O’Brien & Søn <b>", 7),
        face("王", 8),
        face("单雄信", 9, kind_word="工作人员", kind_colour=KIND_COLOURS["staff"]),
    ]


def pages(document: bytes, folder: Path, resolution: int = 150) -> list[Image.Image]:
    (folder / "b.pdf").write_bytes(document)
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", "b.pdf", "page"], cwd=folder, check=True)
    return [Image.open(path) for path in sorted(folder.glob("page-*.png"))]


def text(document: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def codes(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("size", BadgeSize)
def test_every_code_is_read_back_from_the_rendered_page(size: BadgeSize, tmp_path: Path) -> None:
    people = some_faces()
    seen = [code for page in pages(badge_pdf(people, size=size, heading=HEADING), tmp_path) for code in codes(page)]
    assert sorted(seen) == sorted(person.url for person in people)


@pytest.mark.parametrize("size", BadgeSize)
def test_pages_have_the_size_of_the_paper(size: BadgeSize, tmp_path: Path) -> None:
    wide, high = PAPER[size]
    for page in pages(badge_pdf(some_faces(), size=size, heading=HEADING), tmp_path, resolution=72):
        assert abs(page.width / 72 * 25.4 - wide) < 0.6
        assert abs(page.height / 72 * 25.4 - high) < 0.6


@pytest.mark.parametrize("size", BadgeSize)
def test_texts_can_be_found_in_the_pdf(size: BadgeSize) -> None:
    found = text(badge_pdf(some_faces(), size=size, heading=HEADING))
    for words in (
        "张三丰",
        "Zhang Sanfeng",
        "杭州西湖龙腾商贸有限公司",
        "8 桌",
        "李娜",
        "专家",
        "媒体",
        "K7M9QX04",
    ):
        assert words in found
    assert HEADING.event in found
    assert HEADING.theme in found
    assert LONG_CHINESE in found.replace("\n", "")
    assert "O’Brien & Søn <b>" in found.replace("\n", " ")


@pytest.mark.parametrize("size", BadgeSize)
@pytest.mark.parametrize(
    "words",
    [
        "王",
        "张三丰",
        LONG_CHINESE,
        LONG_LATIN,
        LONG_TRANSCRIBED,
        "W" * 120,
        "国" * 300,
        "Ny" * 9 + " " + "j" * 40,
    ],
)
def test_no_text_leaves_its_box(size: BadgeSize, words: str) -> None:
    html = page_html("checkin/print/badges.html", "zh_CN", size=size.value, kinds=1, is_sheet=False)
    layout = lay_out(html)
    for box in layout.pages[0].fields:
        if box.name == "qr" or not box.width:
            continue
        block = stamp.fitted(box, words)
        assert block.lines
        assert block.size <= box.size
        assert block.width <= box.width + 0.01
        assert block.height <= box.height + 0.01
        assert len(block.lines) <= 3


@pytest.mark.parametrize("size", BadgeSize)
def test_boxes_do_not_overlap(size: BadgeSize) -> None:
    html = page_html("checkin/print/badges.html", "zh_CN", size=size.value, kinds=1, is_sheet=False)
    boxes = [box for box in lay_out(html).pages[0].fields if box.width]
    for one, other in combinations(boxes, 2):
        apart = one.x + one.width <= other.x + 0.01 or other.x + other.width <= one.x + 0.01
        above = one.top <= other.y + 0.01 or other.top <= one.y + 0.01
        assert apart or above, (one.name, other.name)


def test_a_name_of_thirty_ideographs_is_set_whole_on_at_most_three_lines() -> None:
    block = _name_block(BadgeSize.CARD_86X54, LONG_CHINESE)
    assert block.whole
    assert len(block.lines) <= 3
    assert block.size >= 11


def test_a_usual_name_has_its_full_size_on_one_line() -> None:
    assert _name_block(BadgeSize.A6, "张三丰").size >= 76.9
    assert _name_block(BadgeSize.CARD_90X54, "张三丰").size >= 45.9


def _name_block(size: BadgeSize, name: str) -> Block:
    html = page_html("checkin/print/badges.html", "zh_CN", size=size.value, kinds=1, is_sheet=False)
    box = next(box for box in lay_out(html).pages[0].fields if box.name == "name")
    return stamp.fitted(box, name)


def test_the_sheet_holds_eight_with_crop_marks(tmp_path: Path) -> None:
    document = badge_pdf([face("张三丰", number) for number in range(17)], size=BadgeSize.SHEET, heading=HEADING)
    sheets = pages(document, tmp_path)
    assert [len(codes(sheet)) for sheet in sheets] == [8, 8, 1]
    # Each cut of the columns has a mark above the first row: black ink in a place where else nothing is.
    for x in (12, 102, 108, 198):
        assert _darkest(sheets[2], 210, x, 25) < 120
        assert _darkest(sheets[2], 210, x, 271) < 120
    for y in (31, 85, 91, 145, 151, 205, 211, 265):
        assert _darkest(sheets[2], 210, 6, y) < 120
        assert _darkest(sheets[2], 210, 204, y) < 120
    assert _darkest(sheets[2], 210, 50, 25) > 240


def _darkest(sheet: Image.Image, width: float, x: float, y: float) -> int:
    """The darkest grey within half a millimetre of a point, all in millimetres."""
    dots = sheet.width / width
    box = ((x - 0.5) * dots, (y - 0.5) * dots, (x + 0.5) * dots, (y + 0.5) * dots)
    low, _ = sheet.convert("L").crop(tuple(round(edge) for edge in box)).getextrema()  # type: ignore[arg-type]
    return int(low)  # type: ignore[arg-type]


def test_kinds_have_their_colour_and_word(tmp_path: Path) -> None:
    people = [face("张三丰", 1), face("李娜", 2, kind_word="专家", kind_colour=KIND_COLOURS["expert"])]
    for page, person in zip(
        pages(badge_pdf(people, size=BadgeSize.A6, heading=HEADING), tmp_path), people, strict=True
    ):
        corner = page.convert("RGB").getpixel((page.width - 5, page.height - 5))
        assert "#" + "".join(f"{channel:02x}" for channel in corner) == person.kind_colour  # type: ignore[union-attr]


@pytest.mark.parametrize("colour", KIND_COLOURS.values())
def test_kind_colours_carry_white_words(colour: str) -> None:
    assert face("王", kind_colour=colour).ink == "#ffffff"


def test_a_light_kind_colour_gets_dark_words() -> None:
    assert face("王", kind_colour="#ffe08a").ink != "#ffffff"


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="rrggbb"):
        face("王", kind_colour="red;} body{")


def test_rare_characters_are_reported() -> None:
    people = [face("张三丰"), face("𠮷田太郎", 2), face("王伟", 3, company="𠮷𡒉商贸")]
    assert uncovered(people) == [(people[1], ["𠮷"]), (people[2], ["𠮷", "𡒉"])]


@pytest.mark.parametrize("is_truetype", [True, False])
def test_a_rare_character_comes_from_the_operators_font(tmp_path: Path, is_truetype: bool) -> None:
    _font_with("𠮷", tmp_path / "Rare-Regular.otf", is_truetype)
    people = [face("𠮷田太郎", 2)]
    fonts.use_fallback_folder(tmp_path)
    try:
        assert uncovered(people) == []
        document = badge_pdf(people, size=BadgeSize.A6, heading=HEADING)
    finally:
        fonts.use_fallback_folder(None)
    assert "𠮷田太郎" in text(document)
    # The glyph of the test's font is a black box: its middle is dark on the page, a missing glyph's is not.
    (page,) = pages(document, tmp_path)
    assert _darkest(page, 105, 17, 65) < 60
    assert uncovered(people) == [(people[0], ["𠮷"])]


def _font_with(character: str, path: Path, is_truetype: bool) -> None:
    names = [".notdef", "rare"]
    builder = FontBuilder(1000, isTTF=is_truetype)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): "rare"})
    if is_truetype:
        builder.setupGlyf({name: _box(TTGlyphPen(None)).glyph() for name in names})
    else:
        charstrings = {name: _box(T2CharStringPen(1000, None)).getCharString() for name in names}
        builder.setupCFF("Rare-Regular", {}, charstrings, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def _box(pen: Any) -> Any:
    for step, point in enumerate([(100, 0), (100, 800), (900, 800), (900, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    return pen


def test_a_thousand_badges_are_a_small_file() -> None:
    document = badge_pdf(bench.faces(1000), size=BadgeSize.A6, heading=HEADING)
    assert len(document) < 1_500_000


def test_the_same_badges_give_the_same_bytes() -> None:
    people = some_faces()
    once, again = (badge_pdf(people, size=BadgeSize.A6, heading=HEADING) for _ in range(2))
    assert once == again


def test_no_badges_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        badge_pdf([], size=BadgeSize.A6, heading=HEADING)
