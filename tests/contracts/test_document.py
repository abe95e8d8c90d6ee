"""A contract drawn: what stands in it, where it is signed, and that it stops for what is missing."""

import re
import subprocess
from decimal import Decimal
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from app.blueprints.contracts.document import print as drawing
from app.blueprints.contracts.document import queries
from app.blueprints.contracts.document.rules.filling import ValuesMissing
from app.blueprints.contracts.document.rules.values import GoodsTable, ValueUnreadable
from app.models import Party, TemplateLanguage
from tests.build.statements import noted
from tests.contracts import samples
from tests.sealing import archival


def text_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def flat(content):
    return re.sub(r"\s+", "", "".join(text_of(content)))


@pytest.fixture
def contract(build):
    return samples.contract(build, template_version_id=samples.version(build).id)


def test_the_values_stand_in_the_document(session, contract):
    drawn = drawing.make(samples.loaded(contract))
    text = flat(drawn.pdf)
    for words in (
        "产品经销协议", contract.number, "第一条", "第三条", "广东省", "自2027年1月1日起至2027年12月31日止",
        "¥20,000.00（大写：人民币贰万元整）", "按季度考核，返利3.5%，开设网点5家", "本授权为独家授权",
        "1,234.50", "2,469.00", "3,703.50", "7,407.00", "800,000.00", "签署后7日内", "2027年1月15日", "70,000.00",
    ):  # fmt: skip
        assert words in text, words
    assert "非独家授权" not in text
    assert "{" not in text


def test_the_table_s_total_is_the_sum_of_its_rows(session, contract):
    goods = queries.values_of(samples.loaded(contract))["goods"]
    assert isinstance(goods, GoodsTable)
    assert goods.total == sum(goods.amount(row) for row in goods.rows) == Decimal("7407.00")


def test_it_is_signed_on_its_last_page_inside_the_paper(session, contract):
    drawn = drawing.make(samples.loaded(contract))
    assert set(drawn.boxes) == set(Party)
    for box in drawn.fields.values():
        assert box.page == drawn.pages - 1
        assert box.x > 60
        assert box.x + box.width < 535
        assert 60 < box.y < box.y + box.height < 800
    assert drawn.boxes[Party.COMPANY].y > drawn.boxes[Party.DEALER].y + drawn.boxes[Party.DEALER].height
    assert drawn.fields["dealer.stamp"].width > 110


def test_a_kept_document_tells_its_boxes_again(session, contract):
    drawn = drawing.make(samples.loaded(contract))
    kept = BytesIO()
    with pikepdf.open(BytesIO(drawn.pdf)) as document:
        document.save(kept)
    again = drawing.reread(kept.getvalue())
    assert (again.pages, again.boxes, again.fields) == (drawn.pages, drawn.boxes, drawn.fields)
    assert drawing.reread(_blank()).boxes == {}


def _blank():
    content = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(content)
    return content.getvalue()


def test_fields_are_no_links_and_the_file_says_archival(session, contract):
    drawn = drawing.make(samples.loaded(contract)).pdf
    with pikepdf.open(BytesIO(drawn)) as document:
        assert all("/Annots" not in page for page in document.pages)
    assert archival.faults(drawn) == []


def test_every_page_carries_number_and_code(session, contract):
    drawn = drawing.make(samples.loaded(contract))
    with pypdfium2.PdfDocument(drawn.pdf) as document:
        for number, page in enumerate(document):
            read = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
            assert [each.text for each in read] == [f"http://localhost/verify/{contract.number}"], number
            text = page.get_textpage().get_text_bounded()
            assert contract.number in text
            assert f"{number + 1} / {drawn.pages}" in text


def test_a_draft_has_no_code_and_says_so(build, session, contract):
    made = samples.loaded(contract)
    made.number = None
    drawn = drawing.make(made)
    assert all("草稿，未编号" in page for page in text_of(drawn.pdf))


@pytest.mark.parametrize("language", list(TemplateLanguage))
def test_each_language(build, session, language):
    version = samples.version(build, language=language)
    drawn = drawing.make(samples.loaded(samples.contract(build, template_version_id=version.id)))
    text = flat(drawn.pdf)
    assert ("第一条" in text) is (language is not TemplateLanguage.EN)
    assert ("Article1" in text) is (language is not TemplateLanguage.ZH)
    assert ("中文文本为准" in text) is (language is TemplateLanguage.BOTH)
    assert text.count("7,407.00") == 1  # a table stands once, with headings in both languages


def test_an_empty_variable_stops_it_and_names_itself(build, session):
    made = samples.loaded(
        samples.contract(build, template_version_id=samples.version(build).id, values={"rebate": "3"}, payment_terms=[])
    )
    with pytest.raises(ValuesMissing) as stopped:
        drawing.make(made)
    assert stopped.value.code == "values_missing"
    assert stopped.value.facts["keys"] == ["payments", "payment_days", "outlets", "assessed"]
    missing = queries.missing(made.template_version, made)
    assert [variable.key for variable in missing] == stopped.value.facts["keys"]


@pytest.mark.parametrize(
    ("key", "text"), [("rebate", "drei"), ("assessed", "never"), ("outlets", "NaN"), ("outlets", "-1")]
)
def test_a_value_of_the_wrong_kind_stops_it(build, session, key, text):
    values = samples.TYPED | {key: text}
    made = samples.contract(build, template_version_id=samples.version(build).id, values=values)
    with pytest.raises(ValueUnreadable):
        drawing.make(samples.loaded(made))


def test_long_names_stay_on_the_paper(build, session):
    name = "中华人民共和国新疆维吾尔自治区伊犁哈萨克自治州医药健康产业发展有限责任公司"
    dealer = build.dealer(
        company=name, contact="阿卜杜勒·艾合买提·买买提明·吐尔逊江·阿布都热合曼诺夫", address="很长的路" * 45
    )
    made = samples.contract(build, dealer=dealer, template_version_id=samples.version(build).id)
    drawn = drawing.make(samples.loaded(made))
    assert flat(drawn.pdf).count(name) >= 2
    with pypdfium2.PdfDocument(drawn.pdf) as document:
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
            assert max(box[2] for box in boxes) < 595 - 60
            assert min(box[0] for box in boxes) > 60


def test_many_at_once_ask_no_more_often(app, build):
    version = samples.version(build)
    few, many = ([samples.contract(build, template_version_id=version.id) for _ in range(n)] for n in (1, 5))
    counts = []
    for made in (few, many):
        with app.app_context():
            contracts = [samples.loaded(each) for each in made]
            with noted(app) as statements:
                assert len(queries.gathered(contracts)) == len(made)
            counts.append(len(statements))
    assert counts[0] == counts[1]


def test_poppler_reads_it(session, contract, tmp_path):
    file = tmp_path / "contract.pdf"
    file.write_bytes(drawing.make(samples.loaded(contract)).pdf)
    said = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    assert "广东省" in said.stdout
    assert not said.stderr
