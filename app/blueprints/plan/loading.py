"""Loading the plan that an address names, and whoever asks for it."""

from flask import request

from app.access import Permission
from app.blueprints.plan import queries
from app.blueprints.plan.rules import life, marks
from app.blueprints.plan.rules.life import Person
from app.models import Event, PlanDocument, PlanRevision, PlanSection
from app.web.identity import me
from app.web.load import found

P = Permission


def person() -> Person:
    """Return whoever acts, with what may be done in the event of this page."""
    return Person(me().id, me().permissions_here)


def the_document(event: Event) -> PlanDocument:
    return found(queries.document(event))


def the_revision(document: PlanDocument, marked: str) -> PlanRevision:
    return found(queries.revision(document, marked))


def the_open(event: Event) -> PlanRevision:
    """Return the newest revision of the event's plan; the actions say whether it may be written at."""
    return queries.newest(the_document(event))


def the_section(revision: PlanRevision, section_id: int) -> PlanSection:
    return found(queries.section(revision, section_id))


def wanted(document: PlanDocument) -> PlanRevision:
    """Return the revision that the address asks for; else the newest one, or for mere readers the one in force."""
    if asked := request.args.get("revision", ""):
        return the_revision(document, asked)
    newest = queries.newest(document)
    works = {P.WRITE_PLAN, P.REVIEW_PLAN, P.APPROVE_PLAN} & me().permissions_here
    if works or newest.state in life.LOCKED:
        return newest
    return queries.in_force(document) or newest


def tabs_of(document: PlanDocument) -> list[tuple[PlanRevision, str]]:
    """Return the revisions with their marks, the newest first."""
    return [(each, marks.mark(each.place)) for each in reversed(document.revisions)]
