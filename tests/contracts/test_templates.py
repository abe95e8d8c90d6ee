"""Templates: a second person approves a draft, what is approved stays as it is, and the shipped ones are sound."""

import pytest

from app.blueprints.contracts.document.rules import filling
from app.blueprints.contracts.templates import actions, queries
from app.blueprints.contracts.templates.actions import Blank, ClauseText
from app.blueprints.contracts.templates.preview import sample
from app.blueprints.contracts.templates.rules.comparing import Change, compare
from app.blueprints.contracts.templates.standard import standards
from app.errors import SigningDayError, StaleChange
from app.journal import Actor, act_as, history_of
from app.models import ContractKind, TemplateLanguage, TemplateState, User, VariableKind

S = TemplateState


@pytest.fixture
def author(build):
    return build.user()


@pytest.fixture
def reviewer(build):
    return build.user()


@pytest.fixture
def draft(author, reviewer, session):
    act_as(Actor(author.name, author.id))
    return actions.take_over(standards()[0], by=session.get_one(User, author.id))


def who(session, user):
    act_as(Actor(user.name, user.id))
    return session.get_one(User, user.id)


@pytest.mark.parametrize("language", list(TemplateLanguage))
@pytest.mark.parametrize("number", range(4))
def test_the_shipped_ones_are_sound_in_every_language(session, number, language):
    version = actions.take_over(standards()[number], by=None)
    version.language = language
    report = queries.report(version)
    assert report.faults == []
    assert [each.error.code for each in report.hints if each.error.code != "template_languages_differ"] == []
    filled = filling.fill(version, sample(version, None).values)
    text = "".join(str(block) for parts in filled.articles for part in parts for block in part.blocks)
    assert "{" not in text
    assert "（）" not in text


def test_a_second_person_approves_it(session, draft, reviewer):
    actions.submit(draft, seen=draft.version)
    with pytest.raises(actions.OwnWork):
        actions.approve(draft, by=draft.created_by)
    actions.approve(draft, by=who(session, reviewer))
    assert (draft.state, draft.decided_by_id) == (S.APPROVED, reviewer.id)
    assert [each.action for each in history_of(draft)][:2] == ["template.approved", "template.submitted"]


def test_whoever_edited_it_may_not_approve_it(session, draft, reviewer, author):
    editor = who(session, reviewer)
    actions.add_clause(draft, ClauseText("附件", "Annex", "略。", "None."), seen=draft.version)
    who(session, author)
    actions.submit(draft, seen=draft.version)
    with pytest.raises(actions.OwnWork):
        actions.approve(draft, by=editor)


def test_it_is_returned_with_remarks_and_can_be_submitted_again(session, draft, reviewer, author):
    actions.submit(draft, seen=draft.version)
    actions.send_back(draft, "付款期限不明确。", by=who(session, reviewer))
    assert (draft.state, draft.remarks) == (S.DRAFT, "付款期限不明确。")
    who(session, author)
    actions.submit(draft, seen=draft.version)
    assert draft.state is S.IN_REVIEW


@pytest.mark.parametrize("state", [S.IN_REVIEW, S.APPROVED, S.RETIRED])
def test_only_a_draft_can_be_changed(session, draft, state):
    draft.state = state
    session.flush()
    clause, variable, seen = draft.clauses[0], draft.variables[0], draft.version
    blank = Blank("x", "x", "", VariableKind.TEXT)
    for change in (
        lambda: actions.rename(draft, title="x", title_en="", language=TemplateLanguage.ZH, seen=seen),
        lambda: actions.add_clause(draft, ClauseText(), seen=seen),
        lambda: actions.edit_clause(draft, clause, ClauseText(body="x"), seen=seen),
        lambda: actions.move_clause(draft, clause, 1, seen=seen),
        lambda: actions.remove_clause(draft, clause, seen=seen),
        lambda: actions.save_variable(draft, variable, blank, seen=seen),
        lambda: actions.save_variable(draft, None, blank, seen=seen),
        lambda: actions.remove_variable(draft, variable, seen=seen),
        lambda: actions.submit(draft, seen=seen),
    ):
        with pytest.raises(actions.VersionFrozen):
            change()


def test_a_change_of_an_older_view_is_refused(session, draft):
    seen = draft.version
    actions.edit_clause(draft, draft.clauses[1], ClauseText("定义", "", "新文本"), seen=seen)
    assert draft.version > seen
    with pytest.raises(StaleChange):
        actions.remove_clause(draft, draft.clauses[2], seen=seen)


def test_clauses_move_and_go(session, draft):
    names = [each.heading for each in draft.clauses]
    actions.move_clause(draft, draft.clauses[2], -1, seen=draft.version)
    session.commit()
    session.expire_all()
    assert [each.heading for each in draft.clauses] == [names[0], names[2], names[1], *names[3:]]
    actions.move_clause(draft, draft.clauses[0], -1, seen=draft.version)
    actions.remove_clause(draft, draft.clauses[1], seen=draft.version)
    session.commit()
    session.expire_all()
    assert [each.heading for each in draft.clauses] == [names[0], names[1], *names[3:]]


def test_a_faulty_one_is_not_submitted(session, draft):
    actions.edit_clause(draft, draft.clauses[1], ClauseText("定义", "", "见 {{ nowhere }}"), seen=draft.version)
    found = queries.report(draft).faults
    assert [(each.error.code, each.clause, each.error.facts["key"]) for each in found] == [
        ("template_variable_unknown", 1, "nowhere")
    ]
    with pytest.raises(actions.TemplateFaulty):
        actions.submit(draft, seen=draft.version)


def test_one_without_a_date_for_payment_is_not_submitted(session, draft):
    place = next(n for n, each in enumerate(draft.clauses) if each.heading == "付款")
    actions.remove_clause(draft, draft.clauses[place], seen=draft.version)
    assert "template_no_payment_date" in [each.error.code for each in queries.report(draft).faults]


def test_a_new_version_copies_the_old_one_which_retires_when_it_is_approved(session, draft, reviewer, author):
    actions.submit(draft, seen=draft.version)
    actions.approve(draft, by=who(session, reviewer))
    writer = who(session, author)
    second = actions.new_version(draft, by=writer)
    session.flush()
    assert second.number == 2
    assert [each.body for each in second.clauses] == [each.body for each in draft.clauses]
    with pytest.raises(actions.DraftExists):
        actions.new_version(draft, by=writer)
    assert compare(draft, second).is_empty
    actions.edit_clause(second, second.clauses[0], ClauseText(body="全新的开头。"), seen=second.version)
    actions.submit(second, seen=second.version)
    actions.approve(second, by=who(session, reviewer))
    assert (draft.state, second.state) == (S.RETIRED, S.APPROVED)
    assert queries.usable(ContractKind.DISTRIBUTION) == [second]


def test_versions_are_compared_word_by_word(session, draft):
    second = actions.new_version(_retired(session, draft), by=draft.created_by)
    session.flush()
    clause = next(each for each in second.clauses if each.heading == "不可抗力")
    changed = ClauseText(clause.heading, clause.heading_en, clause.body.replace("六十日", "九十日"), clause.body_en)
    actions.edit_clause(second, clause, changed, seen=second.version)
    actions.add_clause(second, ClauseText("附件", "Annex", "略。", "None."), seen=second.version)
    found = compare(draft, second)
    touched = {each.heading: each for each in found.clauses if each.change is not Change.SAME}
    assert {name: each.change for name, each in touched.items()} == {"不可抗力": Change.CHANGED, "附件": Change.ADDED}
    pieces = [(each.change, each.text) for each in touched["不可抗力"].pieces if each.change is not Change.SAME]
    assert pieces == [(Change.REMOVED, "六"), (Change.ADDED, "九")]


def _retired(session, version):
    version.state = S.RETIRED
    session.flush()
    return version


def test_two_variables_never_share_a_name(session, draft):
    with pytest.raises(actions.KeyTaken):
        actions.save_variable(draft, None, Blank("tier", "级别", "", VariableKind.TEXT), seen=draft.version)


@pytest.mark.parametrize("error", [actions.OwnWork, actions.VersionFrozen, actions.TemplateFaulty])
def test_codes_are_stable(error):
    assert issubclass(error, SigningDayError)
    assert error.code.startswith("template_")
