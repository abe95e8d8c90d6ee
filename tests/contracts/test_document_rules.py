"""The language of clauses and the values in them: bounded, never run, never guessed."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blueprints.contracts.document.rules import filling, grammar
from app.blueprints.contracts.document.rules.filling import (
    DocumentTooLong,
    FormUnknown,
    TableInText,
    ValuesMissing,
    VariableUnknown,
)
from app.blueprints.contracts.document.rules.saying import chinese_number, day, figures, plain_number, said
from app.blueprints.contracts.document.rules.values import (
    Chosen,
    Goods,
    GoodsTable,
    Money,
    Promise,
    TableTooLong,
    ValueUnreadable,
    choices,
    is_empty,
    read,
)
from app.blueprints.contracts.document.rules.words import EN, ZH
from app.errors import SigningDayError
from app.models import Clause, TemplateLanguage, TemplateVariable, TemplateVersion, VariableKind

K = VariableKind
DAY = date(2026, 11, 24)
WHERE = Promise("广东省广州市", "Guangzhou, Guangdong", "心血管", "", True, DAY, DAY)


def version(body, kinds=None, **more):
    variables = [
        TemplateVariable(position=n, key=key, label=f"[{key}]", kind=kind, is_required=True)
        for n, (key, kind) in enumerate((kinds or {}).items())
    ]
    clause = Clause(
        position=0, heading="甲", body=body, heading_en="A", body_en=body, condition=more.pop("condition", "")
    )
    given = {"language": TemplateLanguage.ZH, "title": "协议", "title_en": "", "variables": variables}
    return TemplateVersion(**given | {"clauses": [clause]} | more)


def lines(document):
    return [(block.number, block.text) for parts in document.articles for part in parts for block in part.blocks]


@pytest.mark.parametrize(
    ("kind", "form", "value", "chinese", "english"),
    [
        (K.MONEY, "", Money(Decimal("20000")), "¥20,000.00（大写：人民币贰万元整）", "CNY 20,000.00"),
        (K.MONEY, "figures", Money(Decimal("0.5")), "¥0.50", "CNY 0.50"),
        (K.MONEY, "capital", Money(Decimal("10500")), "人民币壹万零伍佰元整", "Renminbi"),
        (K.MONEY, "figures", Money(Decimal("3"), "USD"), "USD 3.00", "USD 3.00"),
        (K.DATE, "", DAY, "2026年11月24日", "24 November 2026"),
        (K.PERCENT, "", Decimal("3.50"), "3.5%", "3.5%"),
        (K.DAYS, "", 30, "30日", "30 days"),
        (K.DAYS, "", 1, "1日", "1 day"),
        (K.NUMBER, "", Decimal("1000"), "1,000", "1,000"),
        (K.YES_NO, "", False, "否", "no"),
        (K.CHOICE, "", Chosen("a", "甲", "Alpha"), "甲", "Alpha"),
        (
            K.TERRITORY,
            "",
            (WHERE,),
            "广东省广州市（独家、心血管、全渠道）",
            "Guangzhou, Guangdong (exclusive, 心血管, all channels)",
        ),
        (
            K.TERRITORY,
            "regions",
            (WHERE, WHERE),
            "广东省广州市、广东省广州市",
            "Guangzhou, Guangdong, Guangzhou, Guangdong",
        ),
        (K.TEXT, "", " a\tb ", "a b", "a b"),
    ],
)
def test_values_in_words(kind, form, value, chinese, english):
    assert said(value, kind, form, ZH) == chinese
    assert said(value, kind, form, EN).startswith(english)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (23, "二十三"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (150, "一百五十"),
    ],
)
def test_clauses_are_counted_in_chinese(number, text):
    assert chinese_number(number) == text


def test_figures_and_days():
    assert figures(Decimal("1234567.891"), "CNY", ZH) == "¥1,234,567.89"
    assert figures(Decimal("1234"), "JPY", EN) == "JPY 1,234"
    assert plain_number(Decimal("100")) == "100"
    assert day(DAY, EN) == "24 November 2026"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (K.MONEY, "1,234.5", Money(Decimal("1234.50"))),
        (K.PERCENT, "3.5％", Decimal("3.5")),
        (K.DAYS, "30", 30),
        (K.DATE, "2026-11-24", DAY),
        (K.YES_NO, "是", True),
        (K.YES_NO, "no", False),
        (K.TEXT, " a \n\n b ", "a\nb"),
        (K.TEXT, "  ", None),
        (K.CHOICE, "b", Chosen("b", "乙", "乙")),
    ],
)
def test_typed_text_becomes_a_value(kind, text, value):
    assert read(kind, text, label="x", given=["a", ["b", "乙"]]) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (K.MONEY, "-1"), (K.MONEY, "NaN"), (K.MONEY, "Infinity"), (K.MONEY, "1e99"), (K.MONEY, "viel"), (K.DAYS, "1.5"),
        (K.DAYS, "99999"), (K.DATE, "2026-02-30"), (K.DATE, "24.11.2026"), (K.YES_NO, "maybe"), (K.CHOICE, "z"),
        (K.GOODS, "x"), (K.TERRITORY, "x"), (K.TEXT, "x" * 2001), (K.PERCENT, "1001"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(kind, text):
    with pytest.raises(ValueUnreadable):
        read(kind, text, label="x", given=["a"])


@pytest.mark.parametrize("value", [None, "", "  ", (), GoodsTable(()), Chosen("", "")])
def test_what_is_empty(value):
    assert is_empty(value)


@pytest.mark.parametrize("value", [Decimal(0), 0, False, Money(Decimal(0)), "0"])
def test_nought_is_something(value):
    assert not is_empty(value)


def test_paragraphs_are_numbered_by_what_is_printed():
    text = "一\n{{ if yes }}二\n- 甲\n- 乙\n{{ if not yes }}三\n四"
    kinds = {"yes": K.YES_NO}
    assert lines(filling.fill(version(text, kinds), {"yes": True})) == [
        ("1.1", "一"), ("1.2", "二"), ("（1）", "甲"), ("（2）", "乙"), ("1.3", "四")
    ]  # fmt: skip
    assert [number for number, _ in lines(filling.fill(version(text, kinds), {"yes": False}))][-1] == "1.3"
    assert lines(filling.fill(version("只有一款"), {})) == [("", "只有一款")]


@pytest.mark.parametrize(
    ("condition", "value", "is_printed"),
    [
        ("x", True, True),
        ("x", False, False),
        ("not x", False, True),
        ("x", None, False),
        ("not x", None, True),
        ("x is a", Chosen("a", "甲"), True),
        ("x is b", Chosen("a", "甲"), False),
        ("not x is b", Chosen("a", "甲"), True),
        ("x", Money(Decimal(0)), False),
        ("x", Money(Decimal(1)), True),
        ("x", Decimal(0), False),
        ("x", "", False),
    ],
)
def test_conditions(condition, value, is_printed):
    made = version("文", {"x": K.TEXT}, condition=condition)
    made.variables[0].is_required = False
    assert bool(filling.fill(made, {"x": value}).articles) is is_printed


def test_what_is_not_printed_is_not_missed():
    made = version("{{ if yes }}{{ amount }}\n完", {"yes": K.YES_NO, "amount": K.MONEY})
    assert filling.missing(made, {"yes": False}) == []
    assert [each.key for each in filling.missing(made, {"yes": True})] == ["amount"]
    assert [each.key for each in filling.missing(made, {})] == ["yes"]
    with pytest.raises(ValuesMissing) as stopped:
        filling.fill(made, {"yes": True, "amount": None})
    assert stopped.value.facts == {"keys": ["amount"], "labels": "[amount]"}


def test_a_required_variable_that_no_clause_names_is_missed():
    assert [each.key for each in filling.missing(version("文", {"x": K.TEXT}), {})] == ["x"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("{{ nowhere }}", VariableUnknown),
        ("{{ if nowhere }}x", VariableUnknown),
        ("{{ n | capital }}", FormUnknown),
        ("见 {{ goods }} 表", TableInText),
        ("{% for x in y %}", grammar.StrayBrace),
        ("{{ n.real }}", grammar.StrayBrace),
        ("{{ n() }}", grammar.StrayBrace),
        ("{{ if n == 1 }}x", grammar.ConditionUnreadable),
        ("x" * (grammar.LONGEST_BODY + 1), grammar.ClauseTooLong),
    ],
)
def test_faults_stop_it(body, error):
    goods = GoodsTable((Goods("a", "", "", 1, Decimal(1)),))
    with pytest.raises(error):
        filling.fill(version(body, {"n": K.NUMBER, "goods": K.GOODS}), {"n": Decimal(1), "goods": goods})


def test_values_are_never_read_as_text_of_a_clause():
    made = version("{{ x }}", {"x": K.TEXT, "secret": K.TEXT})
    assert lines(filling.fill(made, {"x": "{{ secret }}{% loop %}", "secret": "s"})) == [("", "{{ secret }}{% loop %}")]


def test_a_text_of_several_lines_becomes_paragraphs():
    made = version("{{ x }}", {"x": K.TEXT})
    assert lines(filling.fill(made, {"x": "一\n二"})) == [("1.1", "一"), ("1.2", "二")]


def test_a_document_that_would_burst_is_stopped_early():
    made = version("{{x}}" * 2400, {"x": K.TEXT})
    began = time.process_time()
    with pytest.raises(DocumentTooLong):
        filling.fill(made, {"x": "字" * 2000})
    assert time.process_time() - began < 0.5


def test_a_table_that_is_too_long_is_stopped():
    rows = tuple(Goods(str(n), "", "", 1, Decimal(1)) for n in range(201))
    with pytest.raises(TableTooLong):
        filling.fill(version("{{ goods }}", {"goods": K.GOODS}), {"goods": GoodsTable(rows)})


TEXT = st.text(st.one_of(st.sampled_from("{}%#|. if not is x_\n-（）"), st.characters()), max_size=400)


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT)
def test_any_clause_is_filled_or_refused_by_name(body, value):
    """Whatever is typed, either a text comes out in which nothing was run, or one of our own errors says why not."""
    made = version(body, {"x": K.TEXT})
    made.variables[0].is_required = False
    try:
        found = lines(filling.fill(made, {"x": value}))
    except SigningDayError as error:
        refused = error.code
    else:
        refused = ""
    if refused:
        assert refused.startswith(("template_", "document_"))
        return
    literal = body.translate(str.maketrans("｛｝", "{}"))
    assert "{" not in "".join(text for _, text in found).replace(value, "") or "{" in value
    assert sum(len(text) for _, text in found) <= len(literal) + (len(value) + 2) * (literal.count("{{") + 1)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10**6), st.decimals(0, 10**6, places=4)), min_size=1, max_size=30))
def test_the_rows_of_a_table_add_up(rows):
    table = GoodsTable(tuple(Goods("x", "", "", quantity, price) for quantity, price in rows))
    assert table.total == sum(table.amount(row) for row in table.rows)
    assert table.total == table.total.quantize(Decimal("0.01"))


def test_choices_are_words_or_rows():
    assert choices(["a", ["b", "乙"], ["c", "丙", "Gamma"]]) == (
        Chosen("a", "a", "a"), Chosen("b", "乙", "乙"), Chosen("c", "丙", "Gamma")
    )  # fmt: skip
