"""The rows behind a figure: who is counted in it."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.report import blueprint, queries, shown, words
from app.blueprints.report.rules.facts import CUTS, Choice, Counted, Fact, Mark, dealers
from app.models import GuestKind
from app.web.guards import requires
from app.web.load import the_event
from app.web.nav import door
from app.web.render import page

P = Permission


def _marks(name: str) -> frozenset[Mark]:
    known = {mark.value for mark in Mark}
    return frozenset(Mark(each) for each in request.args.getlist(name) if each in known)


def _choice() -> Choice:
    by = request.args.get("by", "")
    by = by if by in CUTS else ""
    everybody = by == "kind" or request.args.get("everybody") == "1"
    return Choice(_marks("has"), _marks("lacks"), not everybody, by, request.args.get("of", ""))


@blueprint.get("/events/<slug>/report/rows")
@requires(P.VIEW_REPORT)
def rows(slug: str) -> Any:
    """Each figure of the report leads here; the rows are those it counted."""
    event = the_event(slug)
    choice = _choice()
    facts = queries.facts(event)
    found = choice.of_facts(facts)
    return page(
        "report/rows.html",
        tabs=shown.tabs(slug, "report.index"),
        title=_title(choice, found),
        rows=found,
        counted=Counted(found),
        whole=len(dealers(facts).facts) if choice.dealers_only else len(facts),
        mark=words.MARKS,
        shown_marks=[Mark.ARRIVED, Mark.SIGNED, Mark.COUNTERSIGNED, Mark.DEPOSIT, Mark.FIRST_ORDER, Mark.SECOND],
        url_of=lambda fact: _url(slug, fact),
        dealer_kind=GuestKind.DEALER,
    )


def _title(choice: Choice, found: list[Fact]) -> str:
    """Say in words what was chosen: "Signed, without: Paid something · Rep: Wu Min"."""
    has = [str(words.MARKS[mark]) for mark in Mark if mark in choice.has]
    lacks = [str(words.MARKS[mark]) for mark in Mark if mark in choice.lacks]
    text = _(", ").join(has) or _("Listed")
    if lacks:
        text = _("%(has)s, but not: %(lacks)s", has=text, lacks=_(", ").join(lacks))
    if choice.by:
        text += f" · {words.CUTS[choice.by]}{_(': ')}{words.part(choice.by, choice.of, found)}"
    return text


def _url(slug: str, fact: Fact) -> str:
    """A guest's page where the person may see guests, else the dealer's file."""
    if fact.invitation_id is not None:
        url = door("invitations.show", slug=slug, invitation_id=fact.invitation_id)
        if url:
            return url
    return door("dealers.show", dealer_id=fact.dealer_id)
