"""Contract templates of the sample company: the shipped ones, approved, and a new version of the agreement in work."""

from collections.abc import Mapping

from app import clock
from app.blueprints.contracts.templates import actions
from app.blueprints.contracts.templates.actions import ClauseText
from app.blueprints.contracts.templates.standard import standards
from app.extensions import db
from app.models import TemplateState, TemplateVersion, User

_AUTHOR, _REVIEWER = "contracts@demo.example", "compliance@demo.example"
_LONGER = ("不可抗力", "超过六十日", "超过九十日", "more than sixty days", "more than ninety days")


def make(staff: Mapping[str, User]) -> dict[str, TemplateVersion]:
    """Take the shipped templates over as reviewed; returns the approved version of each by its key."""
    author, reviewer = staff[_AUTHOR], staff[_REVIEWER]
    made = {}
    for standard in standards():
        version = actions.take_over(standard, by=author, approved=True)
        version.submitted_at, version.decided_by_id = clock.now(), reviewer.id
        made[standard.key] = version
    db.session.flush()
    _in_work(made["distribution"], author)
    return made


def _in_work(version: TemplateVersion, author: User) -> None:
    """A second version of the agreement that waits for its review: more time in a case of force majeure."""
    draft = actions.new_version(version, by=author)
    heading, old, new, old_en, new_en = _LONGER
    clause = next(each for each in draft.clauses if each.heading == heading)
    text = ClauseText(
        clause.heading, clause.heading_en, clause.body.replace(old, new), clause.body_en.replace(old_en, new_en)
    )
    actions.edit_clause(draft, clause, text, seen=draft.version)
    draft.submitted_at, draft.state = clock.now(), TemplateState.IN_REVIEW
