"""Printed lists: the text is in them, nothing leaves its cell, no row is broken, every page says where it belongs."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.materials.printing.checklist import checklist_pdf
from app.blueprints.materials.printing.document import delivery_note_pdf, packing_list_pdf
from app.blueprints.materials.printing.sheets import (
    Group,
    Heading,
    Note,
    NoteRow,
    PackedKit,
    PackedPart,
    Row,
    Which,
)
from app.tokens import number_code

LONG = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
HEADING = Heading(
    "秋季渠道招商会·华中站",
    "2026年11月26日 周四 09:00",
    "江城云麓酒店 三楼云麓厅",
    datetime(2026, 11, 24, 10, 5, tzinfo=UTC),
    "沈若溪",
    "http://localhost/events/autumn-central/materials/",
)


def row(number, **values):
    given = {
        "name": f"物品{number:04}",
        "detail": "沈若溪 · 宏图展具",
        "place": "主席台区",
        "wanted": "15",
        "unit": "个",
    }
    return Row(**given | values)


def text(document):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def flat(document):
    return re.sub(r"\s", "", text(document))


def checklist(groups, language="zh_CN", which=Which.ALL, apart=False):
    return checklist_pdf(HEADING, groups, which=which, apart=apart, language=language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN", ("物品检查清单", "清点数", "检查人", "沈若溪打印", "2 项")),
        ("en", ("Material checklist", "Counted", "Checked by", "by 沈若溪", "2 items")),
    ],
)
def test_what_stands_on_it(language, words):
    groups = [Group("市场部", [row(1), row(2, name="易拉宝", wanted="")]), Group("行政人事部", [row(3)])]
    found = text(checklist(groups, language))
    plain = re.sub(r"\s", "", found)
    for word in (*words, "市场部", "行政人事部", "物品0001", "易拉宝", "2026-11-24 10:05", "1 / 1", HEADING.event):
        assert re.sub(r"\s", "", word) in plain, word


def test_group_headings_are_repeated_and_no_row_is_lost_or_broken():
    numbers = range(1, 91)
    document = checklist([Group("市场部", [row(number) for number in numbers])])
    pages = [page for page in text(document).split("\f") if page.strip()]
    assert len(pages) > 3
    found = []
    for number, page in enumerate(pages, 1):
        assert "市场部" in page
        assert re.search(rf"\b{number} ?/ ?{len(pages)}\b", page)
        rows = re.findall(r"物品(\d{4})", page)
        # The place stands in the same row: a row that is broken would leave it on another page.
        assert len(re.findall("宏图展具", page)) == len(rows)
        found += [int(each) for each in rows]
    assert found == list(numbers)


def test_groups_on_pages_of_their_own():
    groups = [Group(f"部门{number}", [row(number)]) for number in range(4)]
    assert len(pypdfium2.PdfDocument(checklist(groups, apart=True))) == 4
    assert len(pypdfium2.PdfDocument(checklist(groups))) == 1


def words_of(document):
    """Every character with its box on the page, in points."""
    for page in pypdfium2.PdfDocument(document):
        textpage = page.get_textpage()
        for index in range(textpage.count_chars()):
            yield textpage.get_text_range(index, 1), textpage.get_charbox(index), page.get_width()


def test_long_names_stay_in_their_cells():
    long = row(
        1,
        name=LONG,
        detail=f"{LONG} · {LONG}",
        place=f"{LONG} · {LONG}",
        wanted="100000",
        unit="件件件件件件",
        note=LONG,
    )
    document = checklist([Group(LONG, [long, row(2, name="A" * 60)])])
    assert LONG in flat(document)
    left, right = 12 / 25.4 * 72, (210 - 12) / 25.4 * 72
    for character, (x0, _, x1, _), _ in words_of(document):
        if character.strip():
            assert left - 1 <= x0 <= x1 <= right + 1, character


def test_rows_are_high_enough_for_a_pen():
    document = checklist([Group("市场部", [row(number, detail="") for number in range(1, 6)])])
    tops = [y1 for char, (_, _, _, y1), _ in words_of(document) if char == "物"][-5:]
    steps = [(upper - lower) / 72 * 25.4 for upper, lower in pairwise(tops)]
    assert min(steps) >= 9


def test_delivery_note_and_packing_list():
    note = Note("宏图展具", [NoteRow("易拉宝", "门口", 15, 12, "个", None), NoteRow(LONG, "", 2, 0, "个", None)])
    found = flat(delivery_note_pdf(HEADING, [note], language="zh_CN"))
    assert "宏图展具" in found
    assert set(LONG) <= set(found)
    kit = PackedKit("手提袋", 109, "个", [PackedPart("加盟手册", 1, 109, 110, "册")])
    found = flat(packing_list_pdf(HEADING, [kit], [], language="en"))
    assert "手提袋" in found
    assert "109" in found
    assert "Leftover" in found


def test_every_row_can_be_scanned_from_the_paper():
    rows = [row(number, code=number_code(number)) for number in range(1, 31)]
    heading = replace(HEADING, codes="HTTPS://SIGNING.EXAMPLE.COM/M/")
    document = checklist_pdf(heading, [Group("市场部", rows)], which=Which.ALL, apart=False, language="en")
    read = []
    for page in pypdfium2.PdfDocument(document):
        read += [each.text for each in zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())]
    expected = {heading.url, *(heading.codes + each.code for each in rows)}
    assert set(read) == expected


@given(st.lists(st.lists(st.sampled_from(["短", LONG, LONG * 2]), max_size=30, min_size=1), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_no_page_ends_with_a_heading_or_begins_with_the_line_to_sign(names):
    groups = [Group(f"部门{n}", [row(at, place=name) for at, name in enumerate(each)]) for n, each in enumerate(names)]
    pages = [page for page in text(checklist(groups, "en")).split("\f") if page.strip()]
    assert sum(page.count("Checked by") for page in pages) == len(groups)
    for page in pages:
        assert re.search("物品|个", page)
        assert page.rindex("Counted") < page.rindex("宏图展具")
        if "Checked by" in page:
            assert page.index("宏图展具") < page.index("Checked by")


def test_nothing_to_print_is_said():
    assert "There is nothing to check" in text(checklist([], "en"))
