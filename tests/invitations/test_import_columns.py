import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.invitations.importing.columns import find_header, guess_mapping, signature, usable_mapping
from app.blueprints.invitations.importing.vocabulary import HEADINGS, Field
from tests.invitations import samples


def named(*headings: str) -> dict[str, str]:
    return {field.value: headings[column] for field, column in guess_mapping(headings).items()}


def test_the_sample() -> None:
    mapping = guess_mapping(samples.HEADINGS)
    assert sorted(mapping.values()) == list(range(len(samples.HEADINGS)))


@pytest.mark.parametrize("field", list(Field))
def test_every_known_heading_alone_finds_its_field(field: Field) -> None:
    for word in HEADINGS[field]:
        found = set(guess_mapping([word]))
        assert found == {field} or (word in HEADINGS[found.pop()] and not found), word


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ("序号", "经销商名称", "联系人手机号码", "联系人", "所在城市", "业务员", "业务员电话", "传真", "微信号"),
            {
                "company": "经销商名称",
                "mobile": "联系人手机号码",
                "contact": "联系人",
                "city": "所在城市",
                "rep_id": "业务员",
            },
        ),
        (("单位", "负责人", "电话"), {"company": "单位", "contact": "负责人", "mobile": "电话"}),
        (("单位", "姓名", "负责人"), {"company": "单位", "contact": "姓名", "rep_id": "负责人"}),
        (("电话", "手机", "公司"), {"mobile": "手机", "company": "公司"}),
        (
            ("公司名称（必填）*", "联系人 Contact", "手机/Mobile", "E-mail：", "参会单位地址"),
            {
                "company": "公司名称（必填）*",
                "contact": "联系人 Contact",
                "mobile": "手机/Mobile",
                "mail": "E-mail：",
                "address": "参会单位地址",
            },
        ),
        (
            ("Company Name", "CONTACT PERSON", "Mobile No.", "Email Address", "Province/State", "Sales rep", "Remarks"),
            {
                "company": "Company Name",
                "contact": "CONTACT PERSON",
                "mobile": "Mobile No.",
                "mail": "Email Address",
                "province": "Province/State",
                "rep_id": "Sales rep",
                "notes": "Remarks",
            },
        ),
        (("Dealer ID", "Date", "Company website", "Capacity", "身份证号", ""), {}),
        (("客户名称", "客户电话", "公司电话"), {"company": "客户名称", "mobile": "客户电话"}),
        (("预计签约额（万元）", "随行人数(人)", "是否带头签约?"), None),
    ],
)
def test_headings_of_real_lists(headings: tuple[str, ...], expected: dict[str, str] | None) -> None:
    found = named(*headings)
    assert found == expected if expected is not None else len(found) == len(headings)


def test_columns_of_mobiles_and_mails_tell_themselves() -> None:
    rows = [
        ["永发", "13812345678", "a@example.com", "x"],
        ["海丰", "", "b@example.com", "13900000000"],
        ["", "139 1111 2222", "", ""],
    ]
    assert guess_mapping(["公司", "", "", "业务员电话"], rows) == {Field.COMPANY: 0, Field.MOBILE: 1, Field.MAIL: 2}


def test_headings_are_found_below_titles() -> None:
    rows = [
        ["2026 招商会邀请名单", ""],
        ["制表：市场部", "联系人：李敏"],
        list(samples.HEADINGS),
        *map(list, samples.GUESTS),
    ]
    assert find_header(rows) == 2
    assert find_header(rows[2:]) == 0


def test_no_headings() -> None:
    assert find_header([]) == -1
    assert find_header([["永发商贸", "13812345678"], ["海丰贸易", "13900000000"]]) == -1
    assert find_header([["公司"], ["永发商贸"]]) == 0


def test_the_signature_knows_the_same_headings_again() -> None:
    assert signature(["公司", " 手机 ", "E-Mail", ""]) == signature(["公司", "手机", "e-mail"])
    assert signature(["公司", "手机"]) != signature(["手机", "公司"])
    assert len(signature([])) == 64


def test_only_what_fits_the_file_is_kept_of_a_mapping() -> None:
    stored: dict[str, object] = {
        "company": 0,
        "mobile": 1,
        "mail": 1,
        "city": 7,
        "nonsense": 2,
        "notes": "2",
        "kind": -1,
    }
    assert usable_mapping(stored, 3) == {Field.COMPANY: 0, Field.MOBILE: 1}


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_headings_map_each_field_and_column_once_and_the_same_way(headings: list[str]) -> None:
    mapping = guess_mapping(headings)
    assert len(set(mapping.values())) == len(mapping)
    assert all(0 <= column < len(headings) for column in mapping.values())
    assert guess_mapping([f" {heading} " for heading in headings]) == mapping
    assert usable_mapping({field.value: column for field, column in mapping.items()}, len(headings)) == mapping
    assert find_header([headings]) in (-1, 0)


@given(st.permutations(samples.HEADINGS))
def test_the_order_of_the_columns_does_not_matter(headings: list[str]) -> None:
    expected = {field: samples.HEADINGS[column] for field, column in guess_mapping(samples.HEADINGS).items()}
    assert {field: headings[column] for field, column in guess_mapping(headings).items()} == expected
