from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blueprints.invitations.importing.columns import guess_mapping
from app.blueprints.invitations.importing.values import ADVICE, Draft, Person, read_rows, rep_names
from app.blueprints.invitations.importing.vocabulary import KINDS, READINESSES, Field
from app.blueprints.invitations.importing.words import FIELDS, REASONS
from app.models import Dealer, GuestKind, Invitation, Readiness

REPS = rep_names(
    [
        Person(1, "王磊", "wang.lei@example.com"),
        Person(2, "李 娜", "lina@example.com"),
        Person(3, "张伟", "zhang1@example.com"),
        Person(4, "张伟", "zhang2@example.com"),
    ]
)


def read(**cells: str) -> Draft | None:
    """One guest with a company and a mobile, and these cells besides or instead."""
    row = {"company": "永发商贸", "contact": "张三", "mobile": "13812345678"} | cells
    fields = [Field(name) for name in row]
    mapping = {field: column for column, field in enumerate(fields)}
    drafts = read_rows([list(row.values())], [7], [field.value for field in fields], mapping, REPS)
    return drafts[0] if drafts else None


def value(field: Field, text: str) -> object:
    draft = read(**{field.value: text})
    assert draft is not None
    assert not draft.is_refused, draft.reasons
    return draft.values.get(field)


def codes(**cells: str) -> list[tuple[str, str]]:
    draft = read(**cells)
    assert draft is not None
    return [(reason.field, reason.code) for reason in draft.reasons]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (Field.COMPANY, " 永发 \n 商贸 ", "永发 商贸"),
        (Field.MOBILE, "138-1234-5678", "+8613812345678"),
        (Field.MAIL, "Ａ.B@Example.COM ", "a.b@example.com"),
        (Field.PROVINCE, "广西壮族自治区", "广西"),
        (Field.PROVINCE, "浙江省", "浙江"),
        (Field.PROVINCE, "上海市", "上海"),
        (Field.CITY, "杭州市", "杭州"),
        (Field.CITY, "沙市", "沙市"),
        (Field.CITY, "浙江省 杭州市", "杭州"),
        (Field.POSTCODE, "310000.0", "310000"),
        (Field.KIND, "媒体记者", GuestKind.MEDIA),
        (Field.KIND, "DEALER", GuestKind.DEALER),
        (Field.READINESS, "意向明确", Readiness.LEANING),
        (Field.READINESS, "Ready to sign", Readiness.READY),
        (Field.READINESS, "A类", Readiness.READY),
        (Field.IS_LEAD_SIGNER, "是", True),
        (Field.IS_LEAD_SIGNER, "√", True),
        (Field.IS_LEAD_SIGNER, "TRUE", True),
        (Field.IS_LEAD_SIGNER, "否", False),
        (Field.REP, "王磊", 1),
        (Field.REP, "WANG.LEI", 1),
        (Field.REP, "李娜", 2),
        (Field.REP, "zhang2@example.com", 4),
        (Field.COMPANIONS, "2", 2),
        (Field.COMPANIONS, "２人", 2),
        (Field.COMPANIONS, "两位", 2),
        (Field.COMPANIONS, "0", 0),
        (Field.EXPECTED_AMOUNT, "¥128,000.5", Decimal("128000.50")),
        (Field.EXPECTED_AMOUNT, "12.8万元", Decimal("128000.00")),
        (Field.NOTES, "一\n二", "一\n二"),
        (Field.NOTES, "无", None),
        (Field.READINESS, "/", None),
        (Field.MAIL, "N/A", None),
    ],
)
def test_what_a_cell_says(field: Field, text: str, expected: object) -> None:
    assert value(field, text) == expected


def test_a_city_with_its_province_gives_both() -> None:
    draft = read(city="浙江省杭州市")
    assert draft is not None
    assert draft.values[Field.PROVINCE] == "浙江"


def test_amounts_in_a_column_of_ten_thousands() -> None:
    headings = ["公司", "预计签约额（万元）"]
    draft = read_rows([["永发", "12.8"]], [2], headings, guess_mapping(headings), {})[0]
    assert draft.values[Field.EXPECTED_AMOUNT] == Decimal("128000.00")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"company": ""}, [("company", "company_missing")]),
        ({"company": "！！"}, [("company", "company_missing")]),
        ({"company": "永" * 121}, [("company", "too_long")]),
        ({"contact": ""}, [("contact", "contact_missing")]),
        ({"mobile": "12345"}, [("mobile", "mobile_invalid")]),
        ({"mobile": "0571-88888888"}, [("mobile", "mobile_is_landline")]),
        ({"mobile": "13812345678/13900000000"}, [("mobile", "mobile_several")]),
        ({"mobile": "13812345678 13900000000"}, [("mobile", "mobile_several")]),
        ({"mobile": "0571-88888888，13812345678"}, []),
        ({"mobile": ""}, [("mobile", "unreachable")]),
        ({"mobile": "", "mail": "a@example.com"}, []),
        ({"mail": "a@b"}, [("mail", "mail_invalid")]),
        ({"mail": "a@example.com;b@example.com"}, [("mail", "mail_several")]),
        ({"kind": "贵宾"}, [("kind", "kind_unknown")]),
        ({"readiness": "可能吧"}, [("readiness", "readiness_unknown")]),
        ({"is_lead_signer": "也许"}, [("is_lead_signer", "yes_no_unknown")]),
        ({"rep_id": "赵六"}, [("rep_id", "rep_unknown")]),
        ({"rep_id": "张伟"}, [("rep_id", "rep_ambiguous")]),
        ({"companions_allowed": "很多"}, [("companions_allowed", "companions_invalid")]),
        ({"companions_allowed": "-1"}, [("companions_allowed", "companions_invalid")]),
        ({"companions_allowed": "21"}, [("companions_allowed", "companions_too_many")]),
        ({"expected_amount": "十二万"}, [("expected_amount", "amount_invalid")]),
        ({"expected_amount": "9" * 20}, [("expected_amount", "amount_invalid")]),
        ({"city": "x" * 41, "notes": "y" * 2001}, [("city", "too_long"), ("notes", "too_long")]),
        (
            {"company": "", "contact": "", "kind": "专家"},
            [("company", "company_missing"), ("contact", "contact_missing")],
        ),
        ({"company": "", "kind": "专家"}, []),
    ],
)
def test_what_is_said_about_a_cell(cells: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert codes(**cells) == expected


@pytest.mark.parametrize(
    "company",
    [
        "合计",
        "合计：118",
        "共计 118 家",
        "制表人：李敏",
        "示例：永发商贸",
        "（示例）永发商贸",
        "Example: Yongfa",
        "Total: 3",
    ],
)
def test_rows_that_are_no_guests_are_passed_over(company: str) -> None:
    assert read(company=company) is None


@pytest.mark.parametrize("company", ["Total Energies", "Sample Technologies", "合计科技有限公司", "范例家居"])
def test_guests_that_only_look_like_such_rows(company: str) -> None:
    assert read(company=company) is not None


def test_empty_rows_and_repeated_headings_are_passed_over_and_lines_kept() -> None:
    headings = ["序号", "公司", "手机"]
    rows = [["1", "永发", ""], ["2", "", ""], ["序号", "公司", "手机"], ["3", "海丰"]]
    drafts = read_rows(rows, [2, 3, 4, 9], headings, {Field.COMPANY: 1, Field.MOBILE: 2}, {})
    assert [(draft.line, draft.values[Field.COMPANY]) for draft in drafts] == [(2, "永发"), (9, "海丰")]


def test_every_word_of_the_house_is_understood() -> None:
    assert set(KINDS) == set(GuestKind)
    assert set(READINESSES) == set(Readiness)
    for vocabulary in (KINDS, READINESSES):
        words = [word for known in vocabulary.values() for word in known]
        assert len(words) == len(set(words))


def test_fields_are_called_as_in_the_models_and_have_a_word() -> None:
    assert set(FIELDS) == set(Field)
    assert all(hasattr(Dealer, field.value) or hasattr(Invitation, field.value) for field in Field)


@given(st.fixed_dictionaries({field.value: st.text(max_size=50) for field in Field}))
def test_any_text_is_read_or_refused_with_a_known_reason(cells: dict[str, str]) -> None:
    draft = read(**cells)
    if draft is None:
        return
    assert {reason.code for reason in draft.reasons} <= set(REASONS)
    assert draft.is_refused == any(reason.code not in ADVICE for reason in draft.reasons)
    assert draft.is_refused or draft.values.get(Field.COMPANY) or draft.values.get(Field.CONTACT)


@given(st.sampled_from(list(Field)), st.text(max_size=3000))
def test_one_cell_of_any_text(field: Field, text: str) -> None:
    read(**{field.value: text})
