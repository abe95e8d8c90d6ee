"""Templates made, edited, reviewed by a second person, approved and retired. Nothing here commits.

A version is edited while it is a draft and never again: whoever wants a change makes a new version of it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from app import clock, journal
from app.blueprints.contracts.document.rules import grammar
from app.blueprints.contracts.templates import queries
from app.blueprints.contracts.templates.standard import Standard
from app.errors import N_, SigningDayError, StaleChange
from app.extensions import db
from app.models import (
    Clause,
    ContractKind,
    ContractTemplate,
    TemplateLanguage,
    TemplateState,
    TemplateVariable,
    TemplateVersion,
    User,
)

S = TemplateState


class VersionFrozen(SigningDayError):
    """Only a draft may be changed."""

    code = "template_version_frozen"
    sentence = N_("This version is no draft any more. Make a new version to change it.")


class WrongState(SigningDayError):
    """The version is not where this step begins."""

    code = "template_wrong_state"
    sentence = N_("The version is not at this point any more. Please look at it again.")


class OwnWork(SigningDayError):
    """Whoever wrote a version may not approve it."""

    code = "template_own_work"
    sentence = N_("You have worked on this version yourself: a second person has to review it.")


class TemplateFaulty(SigningDayError):
    """A version with faults is not reviewed."""

    code = "template_faulty"
    sentence = N_("There is still something to mend before this version can be reviewed.")


class DraftExists(SigningDayError):
    """A template has one draft at a time."""

    code = "template_draft_exists"
    sentence = N_("There is already a version in work. Finish that one first.")


class KeyTaken(SigningDayError):
    """Two variables of a version may not have the same name."""

    code = "template_key_taken"
    sentence = N_("There is already a variable of that name.")


class TooManyClauses(SigningDayError):
    """More clauses than a contract needs."""

    code = "template_too_many_clauses"
    sentence = N_("A template may have %(most)s clauses.")


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as it was typed."""

    heading: str = ""
    heading_en: str = ""
    body: str = ""
    body_en: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A variable as it was typed."""

    key: str
    label: str
    label_en: str
    kind: Any
    is_required: bool = True
    choices: tuple[tuple[str, str, str], ...] = ()
    source: str = ""


def create(name: str, kind: ContractKind, language: TemplateLanguage, *, by: User | None) -> TemplateVersion:
    """Begin a template of the company's own, with an empty first draft."""
    made = TemplateVersion(
        template=ContractTemplate(key=_free_key(kind), name=name, kind=kind),
        number=1,
        language=language,
        title=name,
        created_at=clock.now(),
        created_by_id=by.id if by else None,
    )
    db.session.add(made)
    db.session.flush()
    journal.record("template.created", made, changes={"name": [None, name]})
    return made


def take_over(standard: Standard, *, by: User | None, approved: bool = False) -> TemplateVersion:
    """Make a template out of a shipped one: a draft for review, or (for the sample) approved at once."""
    made = create(standard.title, standard.kind, standard.language, by=by)
    made.title_en = standard.title_en
    made.clauses = [
        Clause(
            position=n,
            heading=c.heading,
            heading_en=c.heading_en,
            body=c.body,
            body_en=c.body_en,
            condition=c.condition,
        )
        for n, c in enumerate(standard.clauses)
    ]
    made.variables = [
        TemplateVariable(
            position=n,
            key=v.key,
            label=v.label,
            label_en=v.label_en,
            kind=v.kind,
            source=v.source,
            is_required=v.is_required,
            choices=[list(each) for each in v.choices],
        )
        for n, v in enumerate(standard.variables)
    ]
    if approved:
        made.state, made.decided_at = S.APPROVED, clock.now()
        journal.record("template.approved", made, changes={"state": [S.DRAFT.value, S.APPROVED.value]})
    db.session.flush()
    return made


def rename(version: TemplateVersion, *, title: str, title_en: str, language: TemplateLanguage, seen: int) -> None:
    """Change the title and the language a draft is printed in."""
    _open(version, seen)
    version.title, version.title_en, version.language = title, title_en, language
    _touch(version, "template.edited", journal.changes_of(version))


def add_clause(version: TemplateVersion, text: ClauseText, *, seen: int) -> Clause:
    """Put a clause at the end of a draft."""
    _open(version, seen)
    if len(version.clauses) >= grammar.MOST_CLAUSES:
        raise TooManyClauses(most=grammar.MOST_CLAUSES)
    clause = Clause(position=len(version.clauses), **_columns(text))
    version.clauses.append(clause)
    _touch(version, "template.edited", {"clause": [None, text.heading or text.body[:40]]})
    return clause


def edit_clause(version: TemplateVersion, clause: Clause, text: ClauseText, *, seen: int) -> None:
    """Change a clause of a draft."""
    _open(version, seen)
    for name, value in _columns(text).items():
        setattr(clause, name, value)
    if changes := journal.changes_of(clause):
        _touch(version, "template.edited", changes)


def move_clause(version: TemplateVersion, clause: Clause, by: int, *, seen: int) -> None:
    """Move a clause of a draft up (-1) or down (1)."""
    _open(version, seen)
    order = list(version.clauses)
    old = order.index(clause)
    new = min(max(old + by, 0), len(order) - 1)
    if new == old:
        return
    order.insert(new, order.pop(old))
    _renumber(order)
    _touch(version, "template.edited", {"position": [old + 1, new + 1]})


def remove_clause(version: TemplateVersion, clause: Clause, *, seen: int) -> None:
    """Take a clause out of a draft."""
    _open(version, seen)
    version.clauses.remove(clause)
    _renumber(version.clauses)
    _touch(version, "template.edited", {"clause": [clause.heading or clause.body[:40], None]})


def save_variable(version: TemplateVersion, variable: TemplateVariable | None, blank: Blank, *, seen: int) -> None:
    """Add a variable to a draft, or change one."""
    _open(version, seen)
    if any(each.key == blank.key and each is not variable for each in version.variables):
        raise KeyTaken
    if variable is None:
        variable = TemplateVariable(position=len(version.variables))
        version.variables.append(variable)
    variable.key, variable.label, variable.label_en = blank.key, blank.label, blank.label_en
    variable.kind, variable.is_required, variable.source = blank.kind, blank.is_required, blank.source
    variable.choices = [list(each) for each in blank.choices]
    _touch(version, "template.edited", {"variable": [None, blank.key]})


def remove_variable(version: TemplateVersion, variable: TemplateVariable, *, seen: int) -> None:
    """Take a variable out of a draft."""
    _open(version, seen)
    version.variables.remove(variable)
    _touch(version, "template.edited", {"variable": [variable.key, None]})


def submit(version: TemplateVersion, *, seen: int) -> None:
    """Ask a second person to review a draft. Raises TemplateFaulty while something is wrong with it."""
    _open(version, seen)
    if not queries.report(version).is_sound:
        raise TemplateFaulty
    version.submitted_at, version.remarks = clock.now(), ""
    _move(version, S.IN_REVIEW, "template.submitted")


def approve(version: TemplateVersion, *, by: User) -> None:
    """Approve a version in review: contracts may be made from it, and from no earlier one. Raises OwnWork."""
    _reviewed(version, by)
    earlier = [each for each in version.template.versions if each.state is S.APPROVED and each is not version]
    for each in earlier:
        _move(each, S.RETIRED, "template.retired")
    _move(version, S.APPROVED, "template.approved")


def send_back(version: TemplateVersion, remarks: str, *, by: User) -> None:
    """Return a version in review to its authors, saying why."""
    _reviewed(version, by)
    version.remarks = remarks
    _move(version, S.DRAFT, "template.returned")


def retire(version: TemplateVersion) -> None:
    """Let no more contracts be made from an approved version. Those made stay as they are."""
    if version.state is not S.APPROVED:
        raise WrongState
    _move(version, S.RETIRED, "template.retired")


def new_version(version: TemplateVersion, *, by: User) -> TemplateVersion:
    """Make a draft that begins as a copy of a version. Raises DraftExists while another one is in work."""
    siblings = version.template.versions
    if any(each.state in {S.DRAFT, S.IN_REVIEW} for each in siblings):
        raise DraftExists
    copy = TemplateVersion(
        template=version.template,
        number=max(each.number for each in siblings) + 1,
        language=version.language,
        title=version.title,
        title_en=version.title_en,
        created_at=clock.now(),
        created_by_id=by.id,
        clauses=[Clause(**_of(each, Clause)) for each in version.clauses],
        variables=[TemplateVariable(**_of(each, TemplateVariable)) for each in version.variables],
    )
    db.session.add(copy)
    db.session.flush()
    journal.record("template.version_made", copy, changes={"number": [version.number, copy.number]})
    return copy


def _open(version: TemplateVersion, seen: int) -> None:
    db.session.execute(select(TemplateVersion.id).where(TemplateVersion.id == version.id).with_for_update())
    db.session.refresh(version, ["state", "version"])
    if version.state is not S.DRAFT:
        raise VersionFrozen
    if seen != version.version:
        raise StaleChange


def _reviewed(version: TemplateVersion, by: User) -> None:
    if version.state is not S.IN_REVIEW:
        raise WrongState
    if queries.has_edited(by.id, version):
        raise OwnWork
    version.decided_at, version.decided_by_id = clock.now(), by.id


def _move(version: TemplateVersion, to: TemplateState, action: str) -> None:
    changes: dict[str, Any] = {"state": [version.state.value, to.value]}
    if to is S.DRAFT:
        changes["remarks"] = [None, version.remarks]
    version.state = to
    journal.record(action, version, changes=changes)
    db.session.flush()


def _touch(version: TemplateVersion, action: str, changes: dict[str, Any]) -> None:
    """Write down an edit, and count the version up even when only its clauses changed."""
    flag_modified(version, "title")
    journal.record(action, version, changes=changes)
    db.session.flush()


def _columns(text: ClauseText) -> dict[str, str]:
    return {name: getattr(text, name) for name in ("heading", "heading_en", "body", "body_en", "condition")}


def _renumber(clauses: list[Clause]) -> None:
    for position, clause in enumerate(clauses):
        clause.position = position


def _of(row: Clause | TemplateVariable, kind: type[Clause | TemplateVariable]) -> dict[str, Any]:
    """The columns of a row that a copy takes along."""
    return {
        column.key: getattr(row, column.key)
        for column in kind.__table__.columns
        if column.key not in {"id", "template_version_id"}
    }


def key_of(kind: ContractKind) -> str:
    """Return what the first template of a kind is called in addresses."""
    return kind.value.replace("_", "-")


def _free_key(kind: ContractKind) -> str:
    base = key_of(kind)
    taken = db.session.scalar(
        select(func.count()).select_from(ContractTemplate).where(ContractTemplate.key.startswith(base))
    )
    return f"{base}-{taken + 1}" if taken else base
