"""Two revisions side by side: words that came and went are marked by sign and line, not by colour alone."""

from typing import Any

from flask import request

from app.blueprints.plan import blueprint, queries, reading
from app.blueprints.plan.loading import P, tabs_of, the_document, the_revision
from app.blueprints.plan.rules import comparing, marks
from app.compared import Change
from app.texts import known as language_of
from app.web.guards import requires
from app.web.load import found, the_event
from app.web.render import page


@blueprint.get("/events/<slug>/plan/compare")
@requires(P.VIEW_PLAN)
def compare(slug: str) -> Any:
    event = the_event(slug)
    document = the_document(event)
    newer = the_revision(document, marked) if (marked := request.args.get("to", "")) else queries.newest(document)
    older = (
        the_revision(document, marked)
        if (marked := request.args.get("from", ""))
        else found(queries.before(document, newer))
    )
    language = language_of(event.language, "zh_CN")
    found_ = comparing.compare(reading.texts(event, older, language), reading.texts(event, newer, language))
    whole = request.args.get("whole") == "yes"
    return page(
        "plan/compare.html",
        document=document,
        older=older,
        newer=newer,
        marks=(marks.mark(older.place), marks.mark(newer.place)),
        revisions=tabs_of(document),
        sections=[each for each in found_ if whole or each.change is not Change.SAME],
        changed=[each for each in found_ if each.change is not Change.SAME],
        places=sum(each.places for each in found_),
        same=sum(each.change is Change.SAME for each in found_),
        whole=whole,
        title_changes=_title_changes(older, newer),
    )


def _title_changes(older: Any, newer: Any) -> list[tuple[str, str, str]]:
    names = ("title", "control", "executing", "supervising", "verifying")
    return [
        (name, getattr(older, name), getattr(newer, name))
        for name in names
        if getattr(older, name) != getattr(newer, name)
    ]
