"""The rules of the plan: what follows what, what HTML is kept, how placeholders are filled and texts compared."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.access import Permission
from app.blueprints.plan.rules import clean, comparing, filling, life, marks
from app.blueprints.plan.rules.columns import with_columns
from app.blueprints.plan.rules.comparing import Text
from app.blueprints.plan.rules.filling import Fact, Fault, Figure, Lines, Table
from app.blueprints.plan.rules.life import Person, Verb
from app.compared import Change
from app.errors import SigningDayError
from app.models import RevisionState

S = RevisionState
ALL = frozenset({Permission.WRITE_PLAN, Permission.REVIEW_PLAN, Permission.APPROVE_PLAN})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(Verb), st.integers(1, 3), st.sets(st.sampled_from(sorted(ALL)))), max_size=25)
)
def test_whatever_people_do_nobody_decides_about_their_own_plan(acts):
    """Any sequence of acts by three people: what is approved was written, reviewed and approved in this order."""
    state, signed = S.DRAFT, []
    writers: set[int] = set()
    for verb, who, rights in acts:
        before = state
        try:
            state = life.check(state, verb, Person(who, rights), writers)
        except SigningDayError:
            assert life.may(before, verb, Person(who, rights), writers) is False
            continue
        assert state in {life.AFTER[before, verb]}
        assert before not in life.LOCKED
        if verb in {Verb.WRITE, Verb.SUBMIT}:
            writers.add(who)
            assert Permission.WRITE_PLAN in rights
        if verb in {Verb.REVIEW, Verb.APPROVE, Verb.RETURN}:
            assert who not in writers
        if verb is Verb.WRITE:
            assert before in life.EDITABLE
        signed.append((verb, who))
    if state is S.APPROVED:
        order = [verb for verb, _ in signed if verb is not Verb.WRITE]
        assert order[-3:] == [Verb.SUBMIT, Verb.REVIEW, Verb.APPROVE]
        assert not {who for verb, who in signed[-2:]} & writers


def test_locked_means_locked():
    for state in life.LOCKED:
        for verb in Verb:
            with pytest.raises((life.PlanLocked, life.PlanCannotMove)):
                life.check(state, verb, Person(1, ALL), ())


@pytest.mark.parametrize(("place", "mark"), [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_marks(place, mark):
    assert marks.mark(place) == mark
    assert marks.place(mark) == place


def test_what_is_no_mark():
    assert [marks.place(each) for each in ("", "a", "1", "A1", "AAAA", "Ａ")] == [None] * 6


OFFICE = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>方案.docx</title>
<style>p.MsoNormal{mso-style-parent:""} @import url(x)</style><script>alert(1)</script></head><body lang=ZH-CN>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<p class=MsoNormal style='margin:0' onclick="steal()"><b style='mso-bidi'>一、主题<o:p></o:p></b></p>
<p class=MsoNormal><span lang=EN-US style='font-family:宋体'>80 <a href="javascript:alert(2)">dealers</a></span></p>
<img src=x onerror=alert(3)><svg><script>alert(4)</script></svg><iframe src=//evil></iframe>
<table class=MsoTableGrid border=1><tr><td colspan=2 onmouseover="x()"><p class=X>物品</p></td></tr></table>
<p><o:p>&nbsp;</o:p></p></body></html>"""


def test_pasted_office_html_is_cleaned():
    html = clean.cleaned(OFFICE)
    assert html == (
        "<p><strong>一、主题</strong></p><p>80 dealers</p>"
        '<table><tbody><tr><td colspan="2"><p>物品</p></td></tr></tbody></table>'
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/&;\"'= pbxscritdvonle!-[]{}甲\n", max_size=120) | st.sampled_from([OFFICE]))
def test_cleaning_lets_nothing_bad_through_and_is_stable(typed):
    html = clean.cleaned(typed)
    assert clean.cleaned(html) == html
    tags = {each.lower() for each in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html)}
    assert tags <= clean._TAGS
    assert not re.search(r"<[^>]*\son\w+=", html, re.IGNORECASE)


def test_plain_text_becomes_paragraphs_and_lists():
    assert (
        clean.cleaned("1 < 2 & 3\nnext\n\n- a\n- b") == "<p>1 &lt; 2 &amp; 3<br>next</p><ul><li>a</li><li>b</li></ul>"
    )
    assert clean.cleaned("  \n ") == ""


NAMES = {"人数": "heads", "head count": "heads", "物品表": "things", "purposes": "aims"}
FACTS: dict[str, Fact] = {
    "heads": Figure("96"),
    "things": Table(["A", "B"], [["<i>", "2"]], frozenset({1})),
    "aims": Lines(["x", "y"]),
}
BLOCKS = frozenset({"things", "aims"})


def test_placeholders_are_filled_in():
    html = "<p>共 {{人数}} 人，{{ head count }}</p><p>{{物品表}}</p><p>{{purposes}}</p>"
    filled = filling.filled(html, NAMES, FACTS, "?")
    assert filled.startswith("<p>共 96 人，96</p><table")
    assert "&lt;i&gt;" in filled
    assert '<td class="num">2</td>' in filled
    assert filled.endswith("<ul><li>x</li><li>y</li></ul>")
    assert filling.used(html, NAMES) == {"heads", "things", "aims"}
    assert filling.faults(html, NAMES, BLOCKS) == []


def test_what_is_not_known_yet_is_said():
    facts: dict[str, Fact] = {"heads": Figure(""), "things": Table([], [])}
    assert filling.filled("<p>{{人数}}</p><p>{{物品表}}</p>", NAMES, facts, "?") == "<p>?</p><p>?</p>"


def test_faults_of_placeholders_are_told_with_what_was_meant():
    html = "<p>{{人 数}} {{物品表}} {{half</p>"
    found = {each.fault: each for each in filling.faults(html, NAMES, BLOCKS)}
    assert set(found) == {Fault.UNKNOWN, Fault.NOT_ALONE, Fault.UNFINISHED}
    assert found[Fault.UNKNOWN].meant == "人数"


def test_sections_are_compared_word_by_word():
    old = [
        Text("a", "A", "<p>共80人参加会议</p><p>old words go</p>"),
        Text("b", "B", "<p>x</p>"),
        Text("d", "D", "<p>s</p>"),
    ]
    new = [
        Text("a", "A", "<p>共96人参加本次会议</p>"),
        Text("c", "C", "<ul><li>n</li></ul>"),
        Text("d", "D", "<p>s</p>"),
    ]
    found = {each.key: each for each in comparing.compare(old, new)}
    assert {key: each.change for key, each in found.items()} == {
        "a": Change.CHANGED,
        "b": Change.REMOVED,
        "c": Change.ADDED,
        "d": Change.SAME,
    }
    assert [line.change for line in found["a"].lines] == [Change.CHANGED, Change.REMOVED]
    kept = "".join(piece.text for piece in found["a"].lines[0].pieces if piece.change is not Change.REMOVED)
    assert kept == "共96人参加本次会议"
    assert (found["a"].places, found["d"].places) == (2, 0)


def test_rows_of_tables_are_compared_cell_by_cell():
    row = "<table><tbody><tr><td>易拉宝</td><td>{}</td></tr><tr><td>条幅</td><td>2</td></tr></tbody></table>"
    section = comparing.compare([Text("a", "A", row.format(15))], [Text("a", "A", row.format(20))])[0]
    assert [line.change for line in section.lines] == [Change.CHANGED, Change.SAME]
    assert section.lines[1].pieces[0].text == "条幅 | 2"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text("ab 甲乙", min_size=1, max_size=12), max_size=6),
    st.lists(st.text("ab 甲乙", min_size=1, max_size=12), max_size=6),
)
def test_no_word_is_lost_in_a_comparison(old, new):
    def html(parts):
        return "".join(f"<p>{part}</p>" for part in parts)

    section = comparing.compare([Text("a", "A", html(old))], [Text("a", "A", html(new))])[0]

    def text(without):
        return [
            text
            for line in section.lines
            if (text := "".join(p.text for p in line.pieces if p.change is not without).strip())
        ]

    assert text(Change.REMOVED) == [each.text for each in comparing.blocks(html(new))]
    assert sorted(text(Change.ADDED)) == sorted(each.text for each in comparing.blocks(html(old)))


def test_no_word_of_a_heading_is_cut_and_what_leads_to_a_table_stays_with_it():
    head = "".join(f"<th>{each}</th>" for each in ("Material", "How many", "Unit", "Department", "Person in charge"))
    row = f"<td>{'营业执照' * 8}</td><td>15</td><td>个</td><td>市场部</td><td>{'沈若溪、' * 8}</td>"
    html = with_columns(f"<p>above</p><p>lead</p><table><tr>{head}</tr><tr>{row}</tr></table>")
    shares = [int(each) for each in re.findall(r"width:(\d+)%", html)]
    assert shares[1] >= len("How many") + 4
    assert shares[3] >= len("Department") + 4
    assert sum(shares) == 100
    assert html.startswith('<p>above</p><p class="before-table">lead</p>')
