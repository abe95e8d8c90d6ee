"""A version and its values put together. Nothing is made while a value is missing, and the missing ones are named."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.blueprints.contracts.document.rules import grammar, words
from app.blueprints.contracts.document.rules.grammar import Condition, Paragraph, Place
from app.blueprints.contracts.document.rules.saying import FORMS, Shown, chinese_number, said, shown
from app.blueprints.contracts.document.rules.values import (
    MOST_ROWS,
    TABLES,
    Chosen,
    Money,
    TableTooLong,
    Value,
    is_empty,
)
from app.blueprints.contracts.document.rules.words import EN, ZH
from app.errors import N_, SigningDayError
from app.models import Clause, TemplateLanguage, TemplateVariable, TemplateVersion, VariableKind

LONGEST_DOCUMENT: Final = 200_000  # characters, about a hundred pages
_EN_SPACE: Final = "\u2002"
_WIDEST: Final = len("10.10")
LANGUAGES: Final[dict[TemplateLanguage, tuple[str, ...]]] = {
    TemplateLanguage.ZH: (ZH,),
    TemplateLanguage.EN: (EN,),
    TemplateLanguage.BOTH: (ZH, EN),
}
Values = Mapping[str, Value | None]


class ValuesMissing(SigningDayError):
    """Variables that must be filled in are empty. `keys` name them for a form, `labels` for a person."""

    code = "values_missing"
    sentence = N_("Still missing for the document: %(labels)s.")

    def __init__(self, variables: Sequence[TemplateVariable]) -> None:
        labels = "、".join(variable.label for variable in variables)
        super().__init__(keys=[variable.key for variable in variables], labels=labels)


class VariableUnknown(SigningDayError):
    """A clause names a variable that the version does not have."""

    code = "template_variable_unknown"
    sentence = N_("There is no variable “%(key)s” in this template.")


class FormUnknown(SigningDayError):
    """A variable is wanted in a form that its kind does not have, or a table in the middle of a sentence."""

    code = "template_form_unknown"
    sentence = N_("“%(key)s” cannot stand like that: %(form)s.")


class TableInText(SigningDayError):
    """A table stands in the middle of a sentence."""

    code = "template_table_in_text"
    sentence = N_("“%(key)s” is a table: it needs a line of its own.")


class DocumentTooLong(SigningDayError):
    """More text than a contract may have; said before it is put together."""

    code = "document_too_long"
    sentence = N_("The document would have more than %(most)s characters.")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with the number before it: 1.1, （1）, or none."""

    number: str
    text: str
    is_item: bool = False

    @property
    def hung(self) -> str:
        """The number, filled up so that the text begins at the same place whatever the number."""
        if self.is_item:
            return self.number if self.number.startswith("（") else f"{self.number}{_EN_SPACE}"
        return f"{self.number}{_EN_SPACE * (_WIDEST + 1 - len(self.number))}" if self.number else ""


@dataclass(frozen=True, slots=True)
class Part:
    """An article in one language."""

    language: str
    label: str  # 第一条, Article 1; "": not numbered
    heading: str
    blocks: tuple[Line | Shown, ...]


@dataclass(frozen=True, slots=True)
class FilledDocument:
    """The whole text, ready to be laid out: articles, each with a part in every language."""

    languages: tuple[str, ...]
    titles: tuple[str, ...]
    articles: tuple[tuple[Part, ...], ...]


def fill(version: TemplateVersion, values: Values) -> FilledDocument:
    """Return the document with its values. Raises ValuesMissing, or what is wrong with the template.

    The work is bounded by the template's own length: each variable is put in once, and values are never read again.
    """
    without = missing(version, values)
    if without:
        raise ValuesMissing(without)
    languages = LANGUAGES[version.language]
    desk = _Desk({variable.key: variable for variable in version.variables}, values, languages)
    articles, number = [], 0
    for clause in version.clauses[: grammar.MOST_CLAUSES]:
        if not desk.holds(grammar.condition(clause.condition)):
            continue
        number += 1 if has_number(clause) else 0
        articles.append(desk.article(clause, number if has_number(clause) else 0))
    titles = {ZH: version.title, EN: version.title_en or version.title}
    return FilledDocument(languages, tuple(titles[language] for language in languages), tuple(articles))


def article(version: TemplateVersion, clause: Clause, values: Values, number: int) -> tuple[Part, ...]:
    """Return one clause as it would be printed, whether its condition holds or not; for previews."""
    languages = LANGUAGES[version.language]
    desk = _Desk({variable.key: variable for variable in version.variables}, values, languages)
    return desk.article(clause, number)


def missing(version: TemplateVersion, values: Values) -> list[TemplateVariable]:
    """Return the required variables without a value, in the version's order.

    One that stands only in clauses and lines that will not be printed is not missed.
    """
    wanted = [variable for variable in version.variables if variable.is_required and is_empty(values.get(variable.key))]
    if not wanted:
        return []
    known = {variable.key for variable in version.variables}
    printed, all_named = set[str](), set[str]()
    for clause in version.clauses:
        holds = _holds(grammar.condition(clause.condition), values, known)
        all_named |= _conditions(clause)
        printed |= _conditions(clause)
        for paragraph in _paragraphs(clause, LANGUAGES[version.language]):
            named = {place.key for place in paragraph.places}
            all_named |= named
            printed |= named if holds and _holds(paragraph.condition, values, known) else set()
    return [variable for variable in wanted if variable.key in printed or variable.key not in all_named]


def has_number(clause: Clause) -> bool:
    """Tell whether a clause is counted: one without a heading is an opening or closing text."""
    return bool(clause.heading or clause.heading_en)


def text_of(clause: Clause, language: str) -> tuple[str, str]:
    """Return heading and body in a language."""
    return (clause.heading, clause.body) if language == ZH else (clause.heading_en, clause.body_en)


def _conditions(clause: Clause) -> set[str]:
    held = grammar.condition(clause.condition)
    return {held.key} if held else set()


def _paragraphs(clause: Clause, languages: Iterable[str]) -> list[Paragraph]:
    return [each for language in languages for each in grammar.paragraphs(text_of(clause, language)[1])]


def _holds(condition: Condition | None, values: Values, known: Iterable[str]) -> bool:
    if condition is None:
        return True
    if condition.key not in known:
        raise VariableUnknown(key=condition.key)
    value = values.get(condition.key)
    return _says_yes(value, condition.value) is not condition.is_negated


def _says_yes(value: Value | None, word: str) -> bool:
    if word:
        return isinstance(value, Chosen) and value.word == word
    if isinstance(value, Money):
        return value.amount > 0
    return not is_empty(value) and value is not False and value != 0


@dataclass(slots=True)
class _Desk:
    """Where one document is put together: its variables and values, and how much room is left."""

    variables: dict[str, TemplateVariable]
    values: Values
    languages: tuple[str, ...]
    _room: int = LONGEST_DOCUMENT
    _tables: set[tuple[int, str]] = field(default_factory=set)

    def holds(self, condition: Condition | None) -> bool:
        return _holds(condition, self.values, self.variables)

    def article(self, clause: Clause, number: int) -> tuple[Part, ...]:
        return tuple(self._part(clause, number, language) for language in self.languages)

    def _part(self, clause: Clause, number: int, language: str) -> Part:
        heading, body = text_of(clause, language)
        held = [paragraph for paragraph in grammar.paragraphs(body) if self.holds(paragraph.condition)]
        blocks = tuple(self._blocks(held, number, language, id(clause)))
        return Part(language, _label(number, language), heading if number else "", blocks)

    def _blocks(self, paragraphs: Sequence[Paragraph], article: int, language: str, clause: int) -> Any:
        counted = [each for each in paragraphs if not each.is_item and not self._is_table(each)]
        numbers = article > 0 and len(counted) > 1
        line = item = 0
        for paragraph in paragraphs:
            if self._is_table(paragraph):
                yield from self._table(paragraph.places[0], clause)
                continue
            if self._is_passage(paragraph):
                for text in self._passage(paragraph.places[0]):
                    line, item = line + 1, 0
                    yield Line(f"{article}.{line}" if article else "", text)
                continue
            text = self._text(paragraph, language)
            if paragraph.is_item:
                item += 1
                yield Line(f"（{item}）" if language == ZH else f"({item})", text, is_item=True)
                continue
            line, item = line + 1, 0
            yield Line(f"{article}.{line}" if numbers else "", text)

    def _is_table(self, paragraph: Paragraph) -> bool:
        place = paragraph.alone
        kind = self._variable(place.key).kind if place else None
        return kind in TABLES or (kind is VariableKind.TERRITORY and place is not None and not place.form)

    def _is_passage(self, paragraph: Paragraph) -> bool:
        """Whether a typed text of several lines stands alone: each of its lines is a paragraph then."""
        place = paragraph.alone
        value = self.values.get(place.key) if place and not paragraph.is_item else None
        return isinstance(value, str) and "\n" in value.strip()

    def _passage(self, place: Place) -> list[str]:
        lines = [_tidy(line) for line in str(self.values[place.key]).splitlines()]
        self._take(sum(map(len, lines)))
        return [line for line in lines if line]

    def _variable(self, key: str) -> TemplateVariable:
        variable = self.variables.get(key)
        if variable is None:
            raise VariableUnknown(key=key)
        return variable

    def _text(self, paragraph: Paragraph, language: str) -> str:
        pieces = []
        for piece in paragraph.pieces:
            text = piece if isinstance(piece, str) else self._said(piece, language)
            self._take(len(text))
            pieces.append(text)
        return _tidy("".join(pieces))

    def _said(self, place: Place, language: str) -> str:
        variable = self._variable(place.key)
        if variable.kind in TABLES:
            raise TableInText(key=place.key)
        if place.form and place.form not in FORMS.get(variable.kind, frozenset()):
            raise FormUnknown(key=place.key, form=place.form)
        value = self.values.get(place.key)
        if value is None or is_empty(value):
            return words.NOTHING.inside(language)
        return said(value, variable.kind, place.form, language)

    def _table(self, place: Place, clause: int) -> list[Shown]:
        """The table; in a document in both languages once in a clause, with headings in both."""
        variable, value = self._variable(place.key), self.values.get(place.key)
        if is_empty(value) or (clause, place.key) in self._tables:
            return []
        self._tables.add((clause, place.key))
        assert value is not None
        rows = len(value) if isinstance(value, tuple) else len(getattr(value, "rows", ()))
        if rows > MOST_ROWS:
            raise TableTooLong(label=variable.label, most=MOST_ROWS)
        table = shown(value, self.languages)  # type: ignore[arg-type]
        self._take(sum(len(cell) + 4 for row in table.rows for cell in row))
        return [table]

    def _take(self, characters: int) -> None:
        self._room -= characters
        if self._room < 0:
            raise DocumentTooLong(most=LONGEST_DOCUMENT)


def _tidy(text: str) -> str:
    """Return a line without control characters, which no PDF can carry and no person can see."""
    return "".join(character for character in text if not unicodedata.category(character).startswith("C")).strip()


def _label(number: int, language: str) -> str:
    return words.article(number, chinese_number(number)).inside(language) if number else ""
