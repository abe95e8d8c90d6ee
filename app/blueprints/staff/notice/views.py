"""Who has been told, by which way, and what they said; and the buttons that tell them."""

from typing import Any

from flask import flash, request
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.staff import actions as plan_actions
from app.blueprints.staff import blueprint, passes, queries
from app.blueprints.staff.notice import actions, letters, tasks
from app.blueprints.staff.notice import queries as queries_of_notices
from app.blueprints.staff.plan import Plan
from app.extensions import db
from app.models import DutyState, Event
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission
HOWS = {
    actions.ByHand.IN_PERSON.value: lazy_gettext("in person"),
    actions.ByHand.BY_PHONE.value: lazy_gettext("by telephone"),
}


@blueprint.get("/events/<slug>/staff/notices")
@requires(P.EDIT_STAFF)
def notices(slug: str) -> Any:
    """List everybody with a duty: how far they are, the way they are told, and their own link to hand over.

    `standing` in the address ticks whoever is that far: an alarm about those who have not answered leads here.
    """
    event = the_event(slug)
    plan = queries.plan(event)
    to_do = tasks.of(event)
    people = actions.everybody(plan, to_do)
    untold = tasks.waiting(to_do)
    told: dict[int, Any] = {}
    refusals: dict[int, str] = {}
    for each in plan.facts.duties:
        if each.told_at and (each.person_id not in told or each.told_at > told[each.person_id]):
            told[each.person_id] = each.told_at
        if each.standing == "refused" and each.refusal:
            refusals[each.person_id] = each.refusal
    return page(
        "staff/notices.html",
        plan=plan,
        people=people,
        to_do=to_do,
        waiting={each.id for each in actions.waiting(plan)} | untold,
        standing={
            each.id: plan.least_far.get(each.id, DutyState.PLANNED if each.id in untold else DutyState.TOLD)
            for each in people
            if each.is_here
        },
        address={each.id: letters.address_of(each) for each in people},
        links={person_id: letters.page_of(each.token) for person_id, each in passes.of(event).items()},
        told=told,
        chosen={person_id for person_id, far in plan.least_far.items() if far == request.args.get("standing")},
        refusals=refusals,
        by_hand=_by_hand(event, plan),
        hows=HOWS,
        sends=actions.are_sent(event),
    )


def _by_hand(event: Event, plan: Plan) -> dict[int, tuple[str, str]]:
    """By person how they were told by hand and by whom, where that is the last they were told."""
    entries, found = queries_of_notices.by_hand(event), dict[int, tuple[str, str]]()
    for duty in plan.duties:
        entry = entries.get(duty.id)
        if entry is not None and duty.told_at is not None and duty.told_at <= entry.at:
            how = entry.changes.get("how", [None, ""])[1]
            found[duty.person_id] = (str(HOWS.get(how, how)), entry.actor)
    return found


@blueprint.post("/events/<slug>/staff/notices/by-hand")
@requires(P.EDIT_STAFF)
def notices_by_hand(slug: str) -> BaseResponse:
    """Note that the chosen people were told in person or by phone, and what they said."""
    event = the_event(slug)
    plan_actions.check_changeable(event)
    how = request.form.get("how", "")
    ids = set(request.form.getlist("ids", type=int))
    if how not in HOWS or not ids:
        flash(gettext("Choose who was told, and how."), "warning")
        return back_to("staff.notices", slug=slug)
    told = actions.tell_by_hand(queries.plan(event), ids, actions.ByHand(how), said_yes="said_yes" in request.form)
    db.session.commit()
    names = gettext(", ").join(each.name for each in told[:5])
    if told:
        flash(gettext("Noted as told by hand: %(names)s", names=names), "success")
    else:
        flash(gettext("Nobody had to be told anything new."), "info")
    return back_to("staff.notices", slug=slug)


@blueprint.post("/events/<slug>/staff/notices")
@requires(P.EDIT_STAFF)
def notices_send(slug: str) -> BaseResponse:
    """Tell the chosen people (`ids`), or everybody who does not know (`all`)."""
    event = the_event(slug)
    plan_actions.check_changeable(event)
    plan = queries.plan(event)
    chosen = set(request.form.getlist("ids", type=int))
    if "all" in request.form:
        chosen = {each.id for each in actions.waiting(plan)} | tasks.waiting(tasks.of(event))
    told = actions.tell(plan, chosen)
    db.session.commit()
    if told.written:
        text = ngettext(
            "%(num)d person is being told. The message waits in the outbox.",
            "%(num)d people are being told. The messages wait in the outbox.",
            told.written,
        )
        flash(text, "success")
    elif not told.without_address:
        flash(gettext("Nobody had to be told anything new."), "info")
    if told.without_address:
        names = gettext(", ").join(each.name for each in told.without_address[:5])
        flash(
            gettext("Without mail address and mobile: %(names)s. Hand them their link or card.", names=names), "warning"
        )
    return back_to("staff.notices", slug=slug)
