import pytest

from app.typeset import Block, fit, tidy


def said(block: Block) -> list[str]:
    return ["".join(glyph.text for glyph in line.glyphs) for line in block.lines]


@pytest.mark.parametrize(
    ("text", "width", "lines", "expected"),
    [
        ("张三丰", 200, 3, ["张三丰"]),
        ("Alexander Wright", 100, 3, ["Alexander", "Wright"]),
        ("阿卜杜勒·艾合买提", 110, 3, ["阿卜杜勒·", "艾合买提"]),
        ("杭州西湖龙腾商贸有限公司", 130, 2, ["杭州西湖龙腾", "商贸有限公司"]),
        ("大明药业（杭州）", 100, 2, ["大明药业", "（杭州）"]),
        ("Supercalifragilistic", 60, 3, ["Supercalifragilistic"]),
        ("", 100, 1, []),
        ("   ", 100, 1, []),
    ],
)
def test_lines_break_where_a_person_would(text: str, width: float, lines: int, expected: list[str]) -> None:
    assert said(fit(text, "Bold", width, 200, size=40, lines=lines)) == expected


def test_text_is_no_larger_than_asked_and_never_outside() -> None:
    for text in ("张", "张三丰", "Ag", "WWWWWWWWWWWWWWWWWWWW", "国" * 40, "a b c d e f g h i j k l m n"):
        for lines in (1, 2, 3):
            block = fit(text, "Bold", 90, 60, size=40, lines=lines)
            assert block.size <= 40
            assert block.width <= 90.01
            assert block.height <= 60.01
            assert len(block.lines) <= lines


def test_what_cannot_be_read_is_cut_and_says_so() -> None:
    block = fit("国" * 400, "Regular", 100, 12, size=10, smallest=5)
    assert not block.whole
    assert block.size >= 5
    assert said(block)[0].endswith("…")


def test_a_line_is_kept_while_it_can_be_read() -> None:
    text = "张三丰李四光"
    assert len(fit(text, "Bold", 180, 200, size=40, lines=2).lines) == 1
    assert len(fit(text, "Bold", 180, 200, size=40, lines=2, keep=0.9).lines) == 2


def test_an_apostrophe_is_narrow_and_a_middle_dot_half_an_em() -> None:
    (line,) = fit("O’Brien", "Regular", 500, 50, size=10).lines
    assert line.glyphs[1].advance < 0.4
    (line,) = fit("买·买", "Regular", 500, 50, size=10).lines
    assert line.glyphs[1].advance == 0.5


def test_tidy_composes_and_takes_single_blanks() -> None:
    assert tidy("  Zha\u0304ng \t San\n") == "Zhāng San"
