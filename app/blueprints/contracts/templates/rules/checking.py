"""What is wrong with a version, said where it is wrong. Faults stop a review; hints are only worth a look."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.blueprints.contracts.document.rules import grammar
from app.blueprints.contracts.document.rules.filling import (
    LANGUAGES,
    FormUnknown,
    TableInText,
    VariableUnknown,
    has_number,
    text_of,
)
from app.blueprints.contracts.document.rules.grammar import Condition, Paragraph
from app.blueprints.contracts.document.rules.saying import FORMS
from app.blueprints.contracts.document.rules.values import TABLES, TYPED, Chosen, choices
from app.blueprints.contracts.document.sources import SIGNATORIES, TIERS
from app.errors import N_, SigningDayError
from app.models import Clause, ContractKind, TemplateVariable, TemplateVersion, VariableKind


class WordUnknown(SigningDayError):
    """A condition asks for a word that the choice does not have."""

    code = "template_word_unknown"
    sentence = N_("“%(key)s” has no choice “%(word)s”.")


class NotTranslated(SigningDayError):
    """A clause lacks its text in a language the version is printed in."""

    code = "template_not_translated"
    sentence = N_("The text in one of the languages is missing.")


class NoClauses(SigningDayError):
    """A version without a clause."""

    code = "template_no_clauses"
    sentence = N_("There is no clause yet.")


class NoChoices(SigningDayError):
    """A choice without anything to choose from."""

    code = "template_no_choices"
    sentence = N_("“%(key)s” has nothing to choose from.")


class SourceUnfit(SigningDayError):
    """A variable's source does not exist, or gives another kind of value."""

    code = "template_source_unfit"
    sentence = N_("“%(key)s” cannot be filled from there.")


class SourceWanted(SigningDayError):
    """A table or territory cannot be typed into one field: it must come from the contract."""

    code = "template_source_wanted"
    sentence = N_("“%(key)s” cannot be typed: choose where it comes from.")


class Unused(SigningDayError):
    """A variable that no clause names."""

    code = "template_variable_unused"
    sentence = N_("“%(key)s” stands in no clause.")


class NoPaymentDate(SigningDayError):
    """A contract must say by when is to be paid."""

    code = "template_no_payment_date"
    sentence = N_("Nothing here says by when is to be paid. A contract without a date for payment is not to be signed.")


class LanguagesDiffer(SigningDayError):
    """The two languages of a clause do not have the same number of paragraphs."""

    code = "template_languages_differ"
    sentence = N_("The two languages do not have the same number of paragraphs.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: an error of the family above, and in which clause and language it stands."""

    error: SigningDayError
    clause: int | None = None  # the clause's place, from 0
    language: str = ""


@dataclass(slots=True)
class Report:
    """All there is to say about a version."""

    faults: list[Finding] = field(default_factory=list)
    hints: list[Finding] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.faults

    def of(self, clause: int) -> list[Finding]:
        return [each for each in (*self.faults, *self.hints) if each.clause == clause]

    @property
    def elsewhere(self) -> list[Finding]:
        return [each for each in (*self.faults, *self.hints) if each.clause is None]


_PAYMENT_SOURCES: Final = frozenset({"contract.payments", "contract.payment_days"})
_WITHOUT_PAYMENT: Final = frozenset({ContractKind.AMENDMENT})
Sources = dict[str, VariableKind]  # source -> the kind of value it gives


def check(version: TemplateVersion, kind: ContractKind, sources: Sources) -> Report:
    """Return what is wrong with a version, and what is worth a look."""
    report = Report()
    variables = {variable.key: variable for variable in version.variables}
    if not version.clauses:
        report.faults.append(Finding(NoClauses()))
    named = set[str]()
    for place, clause in enumerate(version.clauses):
        languages = LANGUAGES[version.language]
        report.faults += [
            Finding(error, place, language) for language, error in clause_faults(clause, variables, languages)
        ]
        named |= set(names(clause, languages))
        if len(languages) > 1 and _lengths_differ(clause, languages):
            report.hints.append(Finding(LanguagesDiffer(), place))
    report.faults += [Finding(error) for variable in version.variables for error in _of_variable(variable, sources)]
    report.hints += [Finding(Unused(key=key)) for key in variables if key not in named]
    dated = {variable.source for variable in version.variables if variable.key in named}
    if kind not in _WITHOUT_PAYMENT and not dated & _PAYMENT_SOURCES:
        report.faults.append(Finding(NoPaymentDate()))
    return report


def clause_faults(
    clause: Clause, variables: dict[str, TemplateVariable], languages: Sequence[str]
) -> Iterator[tuple[str, SigningDayError]]:
    """Yield what is wrong with one clause, with the language it stands in ("": with its condition)."""
    yield from (("", error) for error in _caught(clause.condition, variables))
    for language in languages:
        heading, body = text_of(clause, language)
        if not body.strip() or (has_number(clause) and not heading.strip()):
            yield language, NotTranslated()
        yield from ((language, error) for error in text_faults(body, variables))


def text_faults(body: str, variables: dict[str, TemplateVariable]) -> Iterator[SigningDayError]:
    """Yield what is wrong with a text, line by line, so that one slip does not hide the next."""
    if len(body) > grammar.LONGEST_BODY:
        yield grammar.ClauseTooLong(most=grammar.LONGEST_BODY)
        return
    for line in body.splitlines():
        try:
            paragraphs = grammar.paragraphs(line)
        except SigningDayError as error:
            yield error
            continue
        for paragraph in paragraphs:
            yield from _of_condition(paragraph.condition, variables)
            yield from _of_places(paragraph, variables)


def names(clause: Clause, languages: Sequence[str]) -> Iterator[str]:
    """Yield the variables that a clause names, as far as it can be read."""
    for text in (
        clause.condition and f"{{{{ if {clause.condition} }}}}",
        *(text_of(clause, each)[1] for each in languages),
    ):
        for line in text.splitlines():
            try:
                paragraphs = grammar.paragraphs(line)
            except SigningDayError:
                continue
            for paragraph in paragraphs:
                yield from (place.key for place in paragraph.places)
                if paragraph.condition:
                    yield paragraph.condition.key


def _caught(condition: str, variables: dict[str, TemplateVariable]) -> Iterator[SigningDayError]:
    try:
        held = grammar.condition(condition)
    except SigningDayError as error:
        yield error
        return
    yield from _of_condition(held, variables)


def _of_condition(condition: Condition | None, variables: dict[str, TemplateVariable]) -> Iterator[SigningDayError]:
    if condition is None:
        return
    variable = variables.get(condition.key)
    if variable is None:
        yield VariableUnknown(key=condition.key)
    elif condition.value and not _has_word(variable, condition.value):
        yield WordUnknown(key=condition.key, word=condition.value)


def words_of(variable: TemplateVariable) -> dict[str, str]:
    """Return the words of a choice with what people read: its own, or those of the field it is filled from."""
    given: Iterable[Chosen] = choices(variable.choices or ())
    if variable.source == "contract.tier":
        given = TIERS.values()
    elif variable.source == "contract.signatory_kind":
        given = SIGNATORIES.values()
    return {each.word: each.text for each in given}


def _has_word(variable: TemplateVariable, word: str) -> bool:
    return variable.kind is VariableKind.CHOICE and word in words_of(variable)


def _of_places(paragraph: Paragraph, variables: dict[str, TemplateVariable]) -> Iterator[SigningDayError]:
    for place in paragraph.places:
        variable = variables.get(place.key)
        if variable is None:
            yield VariableUnknown(key=place.key)
        elif variable.kind in TABLES and (paragraph.alone is None or paragraph.is_item):
            yield TableInText(key=place.key)
        elif place.form and place.form not in FORMS.get(variable.kind, frozenset()):
            yield FormUnknown(key=place.key, form=place.form)


def _of_variable(variable: TemplateVariable, sources: Sources) -> Iterator[SigningDayError]:
    if variable.source:
        if sources.get(variable.source) is not variable.kind:
            yield SourceUnfit(key=variable.key)
    elif variable.kind not in TYPED:
        yield SourceWanted(key=variable.key)
    elif variable.kind is VariableKind.CHOICE and not variable.choices:
        yield NoChoices(key=variable.key)


def _lengths_differ(clause: Clause, languages: Sequence[str]) -> bool:
    counts = {
        len([line for line in text_of(clause, language)[1].splitlines() if line.strip()]) for language in languages
    }
    return len(counts) > 1
