"""The desk: one page that scans, searches, answers and takes back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

from flask import Response, current_app, flash, request
from flask_babel import gettext as _

from app import clock, extensions
from app.access import Permission
from app.blueprints.checkin import actions, answers, blueprint, crew, queries
from app.blueprints.checkin.answers import Answer
from app.blueprints.checkin.arrivals import figures
from app.blueprints.checkin.crew import Bearer
from app.blueprints.checkin.desk.forms import DoorForm, ScanForm, new_scan_id
from app.blueprints.checkin.queries import Holder
from app.extensions import db
from app.models import Event
from app.tokens import read_badge_code
from app.web import headers
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page, wants_fragment
from app.web.seat_words import seat_words, table_words

P = Permission
DOOR_COOKIE = "door"
_DOOR_DAYS = 30


def door_name() -> str:
    """Return what this desk was called in this browser."""
    name = unquote(request.cookies.get(DOOR_COOKIE, ""))[:40]
    return name if name.isprintable() else ""


def _desk(event: Event, *, status: int = 200, **shown: Any) -> Response:
    """Answer the whole desk, or only the answer when the page's script asks for it."""
    if wants_fragment():
        response = page("checkin/_answer.html", status=status, **_words(event), **shown)
    else:
        response = page("checkin/desk.html", status=status, **_words(event), **shown, **figures.live(event))
    # The decoder of camera pictures is WebAssembly, which our policy allows on this page only.
    response.headers["Content-Security-Policy"] = headers.csp(script_src="'self' 'wasm-unsafe-eval'")
    answer = shown.get("answer")
    response.headers["X-Desk"] = answer.verdict.value if isinstance(answer, Answer) else "none"
    return response


def _words(event: Event) -> dict[str, Any]:
    return {
        "event": event,
        "door": door_name(),
        "works": event.status in actions.DOORS_WORK,
        "new_scan_id": new_scan_id,
        "table_words": table_words,
        "seat_words": seat_words,
    }


def _searched(text: str) -> str:
    """Return what was typed as a search: short, and without characters that no database takes."""
    return "".join(letter for letter in text.strip()[:80] if letter.isprintable())


def _found(event: Event, text: str) -> dict[str, Any]:
    return {"found": queries.search(event, text), "crew": crew.search(event, text)}


@blueprint.get("/events/<slug>/door/")
@requires(P.CHECK_IN)
def desk(slug: str) -> Any:
    event = the_event(slug)
    if not door_name() and not wants_fragment():
        return _choice_of_doors(event, DoorForm())
    q = _searched(request.args.get("q", ""))
    if not q:
        return _desk(event)
    return _desk(event, q=q, **_found(event, q))


@blueprint.post("/events/<slug>/door/")
@requires(P.CHECK_IN)
def scan(slug: str) -> Any:
    event = the_event(slug)
    form = ScanForm()
    if not form.validate():
        typed = _searched(form.code.data or "")
        return _desk(event, status=422, malformed=True, q=typed, **_found(event, typed))
    outcome = actions.check_in(
        event,
        _holder(event, form),
        door=door_name(),
        by_id=me().id,
        at=clock.now(),
        scan_id=form.scan_id.data or new_scan_id(),
        overrule=form.overrule.data,
    )
    return _committed(event, lambda: {"answer": answers.told(outcome)})


def _holder(event: Event, form: ScanForm) -> Holder | Bearer | None:
    if form.person_id.data is not None:
        return found(crew.bearer_of_person(event, form.person_id.data))
    if form.invitation_id.data is not None:
        return found(queries.holder_by_id(event, form.invitation_id.data, form.companion_id.data))
    code = read_badge_code(form.code.data or "") or ""
    return queries.holder_of_badge(code) or crew.bearer_of_badge(code)


def _committed(event: Event, tell: Callable[[], dict[str, Any]]) -> Response:
    """Read what is to be told, commit, and answer without holding the lock of writers any longer."""
    shown = tell()
    db.session.commit()
    extensions.expect_reading_only()
    return _desk(event, **shown)


@blueprint.post("/events/<slug>/door/scans/<scan_id>/undo")
@requires(P.CHECK_IN)
def scan_undo(slug: str, scan_id: str) -> Any:
    event = the_event(slug)
    name = actions.undo(event, found(queries.scan(event, scan_id)), at=clock.now())
    if wants_fragment():
        return _committed(event, lambda: {"undone": name})
    db.session.commit()
    flash(_("Taken back: %(name)s is not in.", name=name), "success")
    return back_to("checkin.desk", slug=slug)


@blueprint.route("/events/<slug>/door/name", methods=["GET", "POST"])
@requires(P.CHECK_IN)
def door_choose(slug: str) -> Any:
    """Remember in this browser which desk it stands at."""
    event = the_event(slug)
    form = DoorForm()
    if not form.validate_on_submit():
        return _choice_of_doors(event, form, status=422 if form.is_submitted() else 200)
    response = back_to("checkin.desk", slug=slug)
    response.set_cookie(
        DOOR_COOKIE,
        quote(form.door.data),
        max_age=_DOOR_DAYS * 86_400,
        samesite="Lax",
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def _choice_of_doors(event: Event, form: DoorForm, *, status: int = 200) -> Response:
    used = queries.doors(event)
    usual = [_("Desk %(number)s", number=number) for number in (1, 2, 3)]
    doors = list(dict.fromkeys([*used, *(usual if len(used) < len(usual) - 1 else ())]))
    return page("checkin/desk_door.html", status=status, form=form, doors=doors)
