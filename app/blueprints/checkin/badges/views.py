"""Pages of the badges: who has one, printing them, and replacing one that was lost."""

from typing import Any

from flask import Response, current_app, flash, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock, files, jobs, pdf_picture
from app.access import Permission
from app.blueprints.checkin import blueprint
from app.blueprints.checkin import jobs as work
from app.blueprints.checkin.badges import BadgeSize, actions, queries, tables
from app.blueprints.checkin.badges import print as cards
from app.blueprints.checkin.badges.forms import SIZES, PrintForm
from app.blueprints.checkin.badges.queries import Wearer, Which
from app.extensions import db
from app.models import Event, Job, JobState
from app.web.guards import requires
from app.web.history import lines
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, invalid, page
from app.web.tables import Table

P = Permission
MOST_AT_ONCE = 2000
_SIZE_COOKIE = "badge_size"
_UNFINISHED = (JobState.WAITING, JobState.RUNNING)


@blueprint.get("/events/<slug>/badges/")
@requires(P.PRINT_BADGES)
def badges(slug: str) -> Any:
    event = the_event(slug)
    table = Table(tables.badge_list(event), queries.guests(event)).load()
    parties: dict[int, list[Wearer]] = {}
    for wearer in queries.wearers(event, [row.id for row in table.rows]):
        parties.setdefault(wearer.invitation.id, []).append(wearer)
    return page(
        "checkin/badges.html",
        table=table,
        parties=parties,
        counts=queries.counts(event),
        **_prints(event),
    )


def _prints(event: Event) -> dict[str, Any]:
    prints = queries.latest_prints(event, work.KIND)
    return {"prints": prints, "sizes": SIZES, "drawing": any(job.state in _UNFINISHED for job in prints)}


@blueprint.get("/events/<slug>/badges/prints")
@requires(P.PRINT_BADGES)
def badge_prints(slug: str) -> Any:
    return page("checkin/_prints.html", **_prints(the_event(slug)))


@blueprint.get("/events/<slug>/badges/<int:invitation_id>")
@requires(P.PRINT_BADGES)
def badge_party(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    invitation = found(queries.guest(event, invitation_id))
    party = queries.wearers(event, [invitation.id])
    return page("checkin/badge_party.html", invitation=invitation, party=party, history=lines(invitation))


def _ids() -> list[int]:
    return [int(value) for value in request.values.getlist("ids") if value.isdecimal()][:MOST_AT_ONCE]


def _offered(event: Event, ids: list[int]) -> dict[Which, str]:
    """Return what may be printed, with how many that is."""
    counts = queries.counts(event)
    offered = {}
    if ids:
        number = len(queries.wearers(event, ids))
        offered[Which.CHOSEN] = ngettext(
            "The chosen guests: %(num)s badge", "The chosen guests: %(num)s badges", number
        )
    offered[Which.MISSING] = ngettext(
        "Not printed yet: %(num)s badge", "Not printed yet: %(num)s badges", counts.missing
    )
    offered[Which.ALL] = ngettext("All: %(num)s badge", "All: %(num)s badges", counts.people)
    return offered


def _size_used_last() -> BadgeSize:
    try:
        return BadgeSize(request.cookies.get(_SIZE_COOKIE, ""))
    except ValueError:
        return BadgeSize.CARD_90X54


@blueprint.route("/events/<slug>/badges/print", methods=["GET", "POST"])
@requires(P.PRINT_BADGES)
def badge_print(slug: str) -> Any:
    event = the_event(slug)
    ids = _ids()
    offered = _offered(event, ids)
    form = PrintForm(offered=offered, which=next(iter(offered)), size=_size_used_last())
    if not form.validate_on_submit():
        return _print_page(event, form, ids, show=invalid if form.is_submitted() else page)
    told = work.arguments(
        form.which.data, ids if form.which.data is Which.CHOSEN else [], form.order.data, form.size.data
    )
    number = len(work.people_of(event, told))
    if not number:
        form.which.errors = [_("There is nobody to print a badge for.")]
        return _print_page(event, form, ids, show=invalid)
    answer = _print(event, told, number)
    answer.set_cookie(_SIZE_COOKIE, form.size.data.value, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


def _print_page(event: Event, form: PrintForm, ids: list[int], *, show: Any) -> Any:
    people = queries.chosen(event, form.which.data or Which.ALL, ids)
    return show(
        "checkin/badge_print.html",
        form=form,
        ids=ids,
        first=people[0] if people else None,
        undrawable=cards.undrawable(event, people),
        at_once=work.AT_ONCE,
    )


def _print(event: Event, told: dict[str, Any], number: int) -> BaseResponse:
    """Draw a few badges at once and show them; leave many to the worker."""
    if number <= work.AT_ONCE:
        job = work.run_now(event, told, by_id=me().id, total=number)
        return back_to("checkin.badge_file", slug=event.slug, job_id=job.id)
    jobs.start(work.KIND, event_id=event.id, arguments=told, by_id=me().id, total=number)
    db.session.commit()
    told_ = ngettext("%(num)s badge is being drawn.", "%(num)s badges are being drawn.", number)
    flash(told_, "success")
    return back_to("checkin.badges", slug=event.slug)


@blueprint.get("/events/<slug>/badges/files/<int:job_id>.pdf")
@requires(P.PRINT_BADGES)
def badge_file(slug: str, job_id: int) -> Any:
    event = the_event(slug)
    job: Job = found(queries.print_job(event, work.KIND, job_id))
    content = files.read(found(job.result_file), folder=current_app.config["SIGNING_DAY_HOME"])
    answer = Response(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=found(job.result_file).name)
    return answer


@blueprint.post("/events/<slug>/badges/<int:invitation_id>/print")
@requires(P.PRINT_BADGES)
def badge_print_one(slug: str, invitation_id: int) -> Any:
    """Print one badge again as it is (the printer had swallowed it), or a new one in place of one that was lost."""
    event = the_event(slug)
    invitation = found(queries.guest(event, invitation_id))
    companion_id = request.form.get("companion_id", type=int)
    told = work.arguments(Which.CHOSEN, [invitation.id], queries.Order.NAME, _size_used_last())
    told["only"] = companion_id
    wearer = found(next(iter(work.people_of(event, told)), None))
    if "replace" in request.form:
        actions.replace_badge(event, wearer, at=clock.now())
    return _print(event, told, 1)


@blueprint.get("/events/<slug>/badges/preview.png")
@requires(P.PRINT_BADGES)
def badge_preview(slug: str) -> Any:
    """A picture of a badge of this event, drawn by the same hand that prints them."""
    event = the_event(slug)
    size = request.args.get("size", default=_size_used_last(), type=BadgeSize)
    guest_id = request.args.get("guest", type=int)
    number = 8 if size is BadgeSize.SHEET else 1
    people = queries.wearers(event, [guest_id] if guest_id else queries.first_ids(event, number))
    some = cards.faces(event, people[:number]) or [cards.sample(event)]
    content = cards.pdf_of(cards.heading(event), some, size=size, language=cards.language_of(event))
    picture = pdf_picture.first_page(content, width=720)
    return Response(picture, mimetype="image/png", headers={"Cache-Control": "private, max-age=60"})
