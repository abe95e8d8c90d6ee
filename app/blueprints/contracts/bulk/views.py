"""Preparing contracts in bulk: who is ready to sign, what they have, and one press for all who have nothing yet."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from sqlalchemy import select

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint, queries
from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.bulk import jobs
from app.blueprints.contracts.bulk import queries as candidates
from app.blueprints.contracts.drafting import queries as drafting
from app.blueprints.contracts.loading import MAY_SEE, may_see, own_id
from app.blueprints.contracts.rules.life import EDITABLE, READY
from app.blueprints.contracts.views import ids_of_request, tabs
from app.blueprints.dealers.papers import queries as papers
from app.blueprints.dealers.papers.rules import REQUIRED, is_passed, wanted
from app.blueprints.dealers.papers.words import FAULTS
from app.errors import SigningDayError, by_code
from app.extensions import db
from app.jobs import start
from app.models import ContractState, Event, Job
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.nav import door
from app.web.render import back_or, back_to, page

P = Permission
_WHY = {
    jobs.HAS_ONE: lazy_gettext("has a contract already"),
    jobs.NO_SUM: lazy_gettext("no expected sum is on record for the guest"),
}


@blueprint.route("/events/<slug>/contracts/prepare", methods=["GET", "POST"])
@requires(P.DRAFT_CONTRACTS)
def prepare(slug: str) -> Any:
    event = the_event(slug)
    rows = candidates.candidates(event, own_rep_id())
    versions = drafting.versions()
    if request.method == "POST":
        return _start(event, rows, versions)
    return page(
        "contracts/prepare.html",
        rows=rows,
        opens={row.contract.id for row in rows if row.contract and may_see(row.contract)},
        versions=versions,
        packages=drafting.open_packages(event),
        without=[row for row in rows if row.contract is None],
        drafts=[row for row in rows if row.contract and row.contract.state in EDITABLE],
        ready=[row for row in rows if row.contract and row.contract.state in READY],
        job=_last_job(event),
        results=_results(event),
        tabs=tabs(slug, "contracts.prepare"),
    )


@blueprint.get("/events/<slug>/contracts/qualification")
@requires(*MAY_SEE)
def qualification(slug: str) -> Any:
    """What the event's ready dealers still lack before the day: papers and screening."""
    event = the_event(slug)
    guests = [row.invitation for row in candidates.candidates(event, own_id())]
    ids = [guest.dealer_id for guest in guests]
    have, screenings = papers.papers_of(ids), papers.screenings_of(ids)
    today = clock.today(event.time_zone)
    lacking = []
    for guest in guests:
        looked = wanted(REQUIRED, have[guest.dealer_id], today)
        faults = [(each.kind, FAULTS[each.fault]) for each in looked if each.fault]
        lacking.append((guest, faults, screenings.get(guest.dealer_id)))
    return page(
        "contracts/qualification.html",
        rows=[row for row in lacking if row[1] or row[2] is None or not is_passed(row[2].verdict)],
        of=len(guests),
        tabs=tabs(slug, "contracts.qualification"),
    )


def _start(event: Event, rows: list[candidates.Candidate], versions: list[Any]) -> Any:
    version = found(next((each for each in versions if str(each.id) == request.form.get("version")), None))
    packages = {str(each.id): each for each in drafting.open_packages(event)}
    package = packages.get(request.form.get("package", ""))
    chosen = set(ids_of_request())
    guests = [row.invitation.id for row in rows if row.contract is None and row.invitation.id in chosen]
    if not guests:
        flash(_("Choose at least one dealer who has no contract yet."), "warning")
        return back_to("contracts.prepare", slug=event.slug)
    told = {
        "guests": guests,
        "version_id": version.id,
        "package_id": package.id if package else None,
        "holds": "holds" in request.form,
    }
    start(jobs.DRAFT, event_id=event.id, arguments=told, by_id=me().id, total=len(guests))
    db.session.commit()
    flash(
        ngettext("%(num)d contract is being drafted.", "%(num)d contracts are being drafted.", len(guests)), "success"
    )
    return back_to("contracts.prepare", slug=event.slug)


def _last_job(event: Event) -> Job | None:
    return db.session.scalar(
        select(Job)
        .where(Job.event_id == event.id, Job.kind.in_((jobs.DRAFT, jobs.APPROVE)), Job.created_by_id == me().id)
        .order_by(Job.id.desc())
        .limit(1)
    )


def _results(event: Event) -> list[dict[str, Any]]:
    """What came of each dealer in the last job: made or approved, or passed over and why."""
    job = _last_job(event)
    rows = (job.arguments.get("results") or []) if job else []
    return [
        {
            "company": company,
            "why": _why(code),
            "url": door("contracts.show", slug=event.slug, contract_id=contract_id) if contract_id else "",
        }
        for company, code, contract_id in rows
    ]


def _why(code: str) -> str:
    if not code:
        return ""
    error: type[SigningDayError] | None = by_code(code)
    return str(_WHY[code]) if code in _WHY else sentence(error()) if error else code


@blueprint.post("/events/<slug>/contracts/submit-many")
@requires(P.DRAFT_CONTRACTS)
def submit_many(slug: str) -> Any:
    """Submit the chosen drafts; what is not complete stays a draft and is named."""
    event = the_event(slug)
    submitted, left = 0, list[str]()
    for contract in queries.chosen(event, ids_of_request(), own_id()):
        try:
            with db.session.begin_nested():
                approval.submit(contract, me().user)
            submitted += 1
        except SigningDayError:
            left.append(contract.dealer.company)
    db.session.commit()
    if submitted:
        told = ngettext("%(num)d contract is submitted.", "%(num)d contracts are submitted.", submitted)
        flash(told, "success")
    if left:
        flash(_("Not complete, or not a draft: %(names)s", names=_("、").join(left[:8])), "warning")
    return back_or(f"/events/{slug}/contracts/")


@blueprint.post("/events/<slug>/contracts/approve-many")
@requires(P.REVIEW_CONTRACTS, P.APPROVE_CONTRACTS)
def approve_many(slug: str) -> Any:
    """Approve the chosen contracts in the worker, with their documents."""
    event = the_event(slug)
    chosen = queries.chosen(event, ids_of_request(), own_id())
    ids = [contract.id for contract in chosen if contract.state is ContractState.IN_REVIEW]
    if not ids:
        flash(_("None of them waits for approval."), "warning")
        return back_or(f"/events/{slug}/contracts/")
    start(jobs.APPROVE, event_id=event.id, arguments={"contracts": ids}, by_id=me().id, total=2 * len(ids))
    db.session.commit()
    told = ngettext("%(num)d contract is being approved.", "%(num)d contracts are being approved.", len(ids))
    flash(told, "success")
    return back_or(f"/events/{slug}/contracts/")
