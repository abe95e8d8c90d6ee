"""How two versions differ: which clauses came, went and moved, and within a clause which words."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from app.compared import Change, Piece, pieces
from app.models import Clause, TemplateVersion

__all__ = ["Change", "Compared", "Difference", "Piece", "compare", "pieces"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One clause in both versions."""

    change: Change
    heading: str
    pieces: tuple[Piece, ...]
    pieces_en: tuple[Piece, ...]
    conditions: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions side by side."""

    clauses: tuple[Compared, ...]
    variables_added: tuple[str, ...]
    variables_removed: tuple[str, ...]
    variables_changed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        touched = self.variables_added or self.variables_removed or self.variables_changed
        return not touched and all(each.change is Change.SAME for each in self.clauses)


def compare(old: TemplateVersion, new: TemplateVersion) -> Difference:
    """Return how `new` differs from `old`. Clauses are paired by their headings, else by likeness of place."""
    before, after = list(old.clauses), list(new.clauses)
    matcher = difflib.SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    compared: list[Compared] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag in {"equal", "replace"}:
            paired = min(a2 - a1, b2 - b1)
            compared += [_pair(before[a1 + n], after[b1 + n]) for n in range(paired)]
            compared += [_alone(each, Change.REMOVED) for each in before[a1 + paired : a2]]
            compared += [_alone(each, Change.ADDED) for each in after[b1 + paired : b2]]
        else:
            compared += [_alone(each, Change.REMOVED) for each in before[a1:a2]]
            compared += [_alone(each, Change.ADDED) for each in after[b1:b2]]
    olds, news = _variables(old), _variables(new)
    return Difference(
        tuple(compared),
        tuple(news[key][0] for key in news.keys() - olds.keys()),
        tuple(olds[key][0] for key in olds.keys() - news.keys()),
        tuple(sorted(news[key][0] for key in news.keys() & olds.keys() if news[key] != olds[key])),
    )


def _keys(clauses: Sequence[Clause]) -> list[str]:
    return [clause.heading or clause.heading_en or clause.body[:20] for clause in clauses]


def _pair(old: Clause, new: Clause) -> Compared:
    chinese, english = _text(old.heading, old.body), _text(old.heading_en, old.body_en)
    new_chinese, new_english = _text(new.heading, new.body), _text(new.heading_en, new.body_en)
    is_same = (chinese, english, old.condition) == (new_chinese, new_english, new.condition)
    return Compared(
        Change.SAME if is_same else Change.CHANGED,
        new.heading or new.heading_en,
        pieces(old.body, new.body) if not is_same else (),
        pieces(old.body_en, new.body_en) if not is_same else (),
        (old.condition, new.condition),
    )


def _alone(clause: Clause, change: Change) -> Compared:
    texts = (clause.body, clause.body_en)
    shown, shown_en = ((Piece(change, text),) if text else () for text in texts)
    return Compared(change, clause.heading or clause.heading_en, shown, shown_en, (clause.condition, clause.condition))


def _text(heading: str, body: str) -> str:
    return f"{heading}\n{body}"


def _variables(version: TemplateVersion) -> dict[str, tuple[str, ...]]:
    return {
        each.key: (each.label, each.label_en, each.kind.value, str(each.is_required), each.source, repr(each.choices))
        for each in version.variables
    }
