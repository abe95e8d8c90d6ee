"""Publicity pieces for marketing: filled in, copied, worded anew."""

from typing import Any

from babel.dates import format_date
from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.report import blueprint, shown
from app.blueprints.report.publicity import actions, queries, rules
from app.blueprints.report.publicity.drafts import DRAFTS, FACTS
from app.extensions import db
from app.models import Event, PieceKind
from app.phones import display
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.locale import language as page_language
from app.web.render import back_to, page
from app.web.words import word

P = Permission
_PATTERNS = {"zh_CN": "y年M月d日", "en": "d MMMM y"}
_JOINS = {"zh_CN": "、", "en": ", "}


def _facts(event: Event, language: str) -> dict[str, str]:
    """The facts as they read in a language. What is not known is left out with its line where it stands alone."""
    names = queries.signers(event)
    place = " ".join(each for each in (event.venue, event.hall) if each)
    return {
        "event": event.name,
        "theme": event.theme,
        "day": format_date(event.local_start, _PATTERNS[language], locale=language),
        "place": place,
        "organizer": event.organizer,
        "co_organizer": event.co_organizer,
        "signers": _JOINS[language].join(names),
        "contact": event.contact_name,
        "phone": display(event.contact_phone) if event.contact_phone else "",
        **{name: str(count) for name, count in queries.counts(event).items()},
    }


def _language() -> str:
    chosen = request.args.get("language", "")
    return chosen if chosen in _PATTERNS else page_language()


def _page(event: Event, language: str, *, status: int = 200, **wrong: Any) -> Any:
    facts, worded = _facts(event, language), queries.pieces(event)
    pieces = []
    for kind in PieceKind:
        row = worded.get((kind, language))
        text = row.text if row else DRAFTS[kind, language]
        pieces.append({"kind": kind, "word": word(kind), "raw": text, "text": rules.filled(text, facts), "row": row})
    return page(
        "report/publicity.html",
        status=status,
        tabs=shown.tabs(event.slug, "report.publicity"),
        pieces=pieces,
        language=language,
        languages=[("zh_CN", _("Chinese")), ("en", _("English"))],
        facts={name: facts[name] for name in FACTS},
        **{"wrong": None, "error": "", "typed": "", **wrong},
    )


@blueprint.get("/events/<slug>/report/publicity")
@requires(P.VIEW_REPORT)
def publicity(slug: str) -> Any:
    return _page(the_event(slug), _language())


def _kind(name: str) -> PieceKind:
    return found(next((each for each in PieceKind if each.value == name), None))


@blueprint.post("/events/<slug>/report/publicity/<kind>")
@requires(P.EDIT_EVENTS)
def publicity_word(slug: str, kind: str) -> Any:
    event, of, language, typed = the_event(slug), _kind(kind), _language(), request.form.get("text", "")[:8000]
    error = "" if typed.strip() else _("Please write something.")
    if error:
        return _page(event, language, status=422, wrong=of, error=error, typed=typed)
    try:
        actions.word(event, of, language, typed, by_id=me().id)
    except actions.UnknownFact as unknown:
        db.session.rollback()
        error = _("There is no fact with the name {%(name)s}.", **unknown.facts)
        return _page(the_event(slug), language, status=422, wrong=of, error=error, typed=typed)
    db.session.commit()
    flash(_("The wording is kept."), "success")
    return back_to("report.publicity", slug=slug, language=language)


@blueprint.post("/events/<slug>/report/publicity/<kind>/reset")
@requires(P.EDIT_EVENTS)
def publicity_reset(slug: str, kind: str) -> Any:
    event, language = the_event(slug), _language()
    actions.reset(event, found(queries.piece(event, _kind(kind), language)))
    db.session.commit()
    flash(_("The draft of the house is back."), "info")
    return back_to("report.publicity", slug=slug, language=language)
