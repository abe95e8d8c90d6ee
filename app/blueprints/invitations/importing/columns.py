"""Which column of somebody's list means what. Pure: headings and a few rows in, a mapping out."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from app.blueprints.invitations.importing.vocabulary import FOREIGN, HEADINGS, OURS, Field, plain
from app.phones import normalize_mobile

Mapped = dict[Field, int]

ROWS_SEARCHED_FOR_HEADINGS = 20
ROWS_SAMPLED = 200
SHARE_THAT_TELLS = 0.6
SURE, ENDING, INSIDE = 1000, 600, 300

DECORATION = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|[*:★※#?]|(?:非?必填|选填)项?|\b(?:required|optional)\b")
SEPARATOR = re.compile(r"[\s_\-.]+")
MAIL_LIKE = re.compile(r"\S+@\S+\.\S+")
HAN_THEN_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])[\s/|]*(?=[a-z])|(?<=[a-z])[\s/|]*(?=[\u4e00-\u9fff])|[/|、;]")


def _vocabulary() -> dict[str, list[tuple[Field, int]]]:
    """Each known heading with its fields and ranks. A word of two fields ("负责人") goes to the first while free."""
    known: dict[str, list[tuple[Field, int]]] = {}
    for field, words in HEADINGS.items():
        for rank, word in enumerate(words):
            fields = known.setdefault(word, [])
            fields.append((field, max(rank, fields[-1][1] + 1) if fields else rank))
    return known


VOCABULARY = _vocabulary()
CHINESE = {word: fields for word, fields in VOCABULARY.items() if not word.isascii()}
ENGLISH = {word: fields for word, fields in VOCABULARY.items() if word.isascii()}


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """Index of the row of headings, below any title rows, or -1 when there is none."""
    best, best_score = -1, 0
    for number, row in enumerate(rows[:ROWS_SEARCHED_FOR_HEADINGS]):
        scores = _assigned(_scores(row))
        told = [score for score, _ in scores.values() if score >= ENDING]
        filled = sum(1 for cell in row if cell)
        if len(told) < 2 and not (told and filled == 1):
            continue
        if sum(told) > best_score:
            best, best_score = number, sum(told)
    return best


def signature(headings: Sequence[str]) -> str:
    """The same for two files with the same headings in the same order, however they are spaced and cased."""
    names = [plain(heading) for heading in headings]
    while names and not names[-1]:
        names.pop()
    return hashlib.sha256("\x1f".join(names).encode("utf-8", "replace")).hexdigest()


def guess_mapping(headings: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Mapped:
    """Field to column index, by the headings; mobile and mail also by what stands below."""
    mapping = {field: column for field, (_, column) in _assigned(_scores(headings)).items()}
    width = max([len(headings), *(len(row) for row in rows[:ROWS_SAMPLED])])
    for field in (Field.MOBILE, Field.MAIL):
        if field in mapping:
            continue
        for column in range(width):
            heading = plain(headings[column]) if column < len(headings) else ""
            if column in mapping.values() or OURS.search(heading) or _share(field, column, rows) < SHARE_THAT_TELLS:
                continue
            mapping[field] = column
            break
    return mapping


def usable_mapping(mapping: Mapping[str, object], width: int) -> Mapped:
    """A mapping as it was stored or sent by a form, less what is not a field or not a column of this file."""
    usable: Mapped = {}
    for field in Field:
        column = mapping.get(field.value)
        if isinstance(column, int) and 0 <= column < width and column not in usable.values():
            usable[field] = column
    return usable


def _share(field: Field, column: int, rows: Sequence[Sequence[str]]) -> float:
    """How many of the column's cells are mobiles or mail addresses."""
    cells = [row[column] for row in rows[:ROWS_SAMPLED] if column < len(row) and row[column]]
    if field is Field.MOBILE:
        hits = sum(1 for cell in cells if normalize_mobile(cell))
    else:
        hits = sum(1 for cell in cells if MAIL_LIKE.fullmatch(cell))
    return hits / len(cells) if cells else 0.0


Scores = list[tuple[int, int, Field]]


def _assigned(scores: Scores) -> dict[Field, tuple[int, int]]:
    """Best first, each field and each column once."""
    taken: dict[Field, tuple[int, int]] = {}
    columns: set[int] = set()
    for score, column, field in sorted(scores, key=lambda entry: (-entry[0], entry[1])):
        if field not in taken and column not in columns:
            taken[field] = (score, column)
            columns.add(column)
    return taken


def _scores(headings: Sequence[str]) -> Scores:
    scores: Scores = []
    for column, heading in enumerate(headings):
        if heading and len(heading) <= 60:
            scores.extend((score, column, field) for field, score in _heading_scores(heading).items())
    return scores


def _heading_scores(heading: str) -> dict[Field, int]:
    """How well a heading fits each field. In Chinese the last word says what it is: "联系人手机" is a mobile."""
    text = SEPARATOR.sub(" ", DECORATION.sub(" ", plain(heading))).strip()
    parts = {text, text.replace(" ", ""), *(part.strip() for part in HAN_THEN_LATIN.split(text))}
    found: dict[Field, int] = {}

    def note(fields: Sequence[tuple[Field, int]], score: int) -> None:
        for field, rank in fields:
            found[field] = max(found.get(field, 0), score - rank)

    for part in parts:
        note(VOCABULARY.get(part, ()), SURE)
    if found or FOREIGN.search(text):
        return found
    for part in parts:
        note([entry for word, fields in _ending(part) for entry in fields], ENDING + 10 * _longest(part))
    if not found:
        for word, fields in CHINESE.items():
            if len(word) > 1 and word in text:
                note(fields, INSIDE + 10 * len(word))
    if OURS.search(text):
        found.pop(Field.MOBILE, None)
        found.pop(Field.MAIL, None)
    return found


def _longest(part: str) -> int:
    return max((len(word) for word, _ in _ending(part)), default=0)


def _ending(part: str) -> list[tuple[str, list[tuple[Field, int]]]]:
    """The longest known word that the heading ends with."""
    chinese = [(word, fields) for word, fields in CHINESE.items() if len(word) > 1 and part.endswith(word)]
    english = [(word, fields) for word, fields in ENGLISH.items() if part.endswith(f" {word}")]
    return sorted(chinese + english, key=lambda entry: -len(entry[0]))[:1]
