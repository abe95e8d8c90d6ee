import subprocess
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from app.blueprints.invitations.print import LetterFacts, invitation_letter, when

SHANGHAI = ZoneInfo("Asia/Shanghai")
FACTS = LetterFacts(
    event="2026 华东渠道招商大会",
    organizer="浙江康泰健康科技股份有限公司",
    starts_at=datetime(2026, 11, 26, 9, tzinfo=SHANGHAI),
    ends_at=datetime(2026, 11, 26, 17, 30, tzinfo=SHANGHAI),
    venue="杭州国际博览中心",
    guest="张三丰",
    reply_url="https://signing.example.com/r/k3J9x_Qm7TzP2vB8wYdL5n",
    written_on=date(2026, 11, 3),
)
FULL = replace(
    FACTS,
    theme="携手同行 · 共赢新渠道",
    co_organizer="浙江省医药行业协会、浙江省连锁药店协会、华东医药流通联合会",
    address="杭州市萧山区奔竞大道 353 号",
    hall="三楼钱塘厅",
    company="杭州西湖龙腾商贸有限公司",
    companions=3,
    reply_by=date(2026, 11, 20),
    contact="王晓敏",
    contact_phone="138 1234 5678",
    number="KT-2026-0117",
)
LANGUAGES = ("zh_CN", "en")


def text(document: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def picture(document: bytes, folder: Path) -> Image.Image:
    (folder / "letter.pdf").write_bytes(document)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", "letter.pdf", "page"], cwd=folder, check=True)
    return Image.open(folder / "page.png")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [FACTS, FULL, replace(FULL, is_dealer=False)])
def test_a_letter_is_one_page_of_a4(language: str, facts: LetterFacts) -> None:
    with pikepdf.open(BytesIO(invitation_letter(facts, language))) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(edge) * 25.4 / 72) for edge in pdf.pages[0].mediabox] == [0, 0, 210, 297]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_on_the_letter_leads_to_the_reply_page(language: str, tmp_path: Path) -> None:
    (code,) = zxingcpp.read_barcodes(picture(invitation_letter(FULL, language), tmp_path))
    assert code.text == FULL.reply_url


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_stands_in_the_letter(language: str) -> None:
    found = "".join(text(invitation_letter(FULL, language)).split())
    for name in ("event", "organizer", "venue", "guest", "theme", "co_organizer", "address", "hall", "company"):
        assert "".join(getattr(FULL, name).split()) in found, name
    for name in ("contact", "contact_phone", "number"):
        assert "".join(getattr(FULL, name).split()) in found, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_with_few_facts_shows_no_gaps(language: str) -> None:
    found = text(invitation_letter(FACTS, language))
    assert "None" not in found
    assert "%(" not in found
    assert "“”" not in found


def test_markup_in_a_name_is_only_text() -> None:
    assert "<b>O’Brien</b>" in text(invitation_letter(replace(FACTS, guest="<b>O’Brien</b>"), "en"))


@pytest.mark.parametrize(
    ("guest", "has_title"),
    [("张三丰", False), ("王总", True), ("李主任", True), ("陈教授", True), ("总会", False)],
)
def test_who_has_a_title_gets_no_other(guest: str, has_title: bool) -> None:
    found = text(invitation_letter(replace(FACTS, guest=guest), "zh_CN"))
    assert ("先生/女士" not in found) is has_title


def test_the_callers_salutation_wins() -> None:
    found = text(invitation_letter(replace(FACTS, salutation="张董事长"), "zh_CN"))
    assert "张董事长" in found
    assert "先生/女士" not in found


def test_the_letter_is_made_for_the_archive() -> None:
    with pikepdf.open(BytesIO(invitation_letter(FACTS))) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3U"


@pytest.mark.parametrize(
    ("last", "language", "expected"),
    [
        (26, "zh_CN", "2026年11月26日（星期四）09:00–17:00"),
        (27, "zh_CN", "2026年11月26日（星期四）09:00 至 2026年11月27日（星期五）17:00"),
        (26, "en", "Thursday, 26 November 2026, 09:00–17:00"),
        (27, "en", "Thursday, 26 November 2026, 09:00 to Friday, 27 November 2026, 17:00"),
    ],
)
def test_times_read_naturally(last: int, language: str, expected: str) -> None:
    starts, ends = datetime(2026, 11, 26, 9, tzinfo=SHANGHAI), datetime(2026, 11, last, 17, tzinfo=SHANGHAI)
    assert when(starts, ends, language) == expected
