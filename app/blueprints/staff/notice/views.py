"""Who has been told, by which way, and what they said; and the buttons that tell them."""

from typing import Any

from flask import flash, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app.access import Permission
from app.blueprints.staff import actions as plan_actions
from app.blueprints.staff import blueprint, passes, queries
from app.blueprints.staff.notice import actions, letters
from app.extensions import db
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/staff/notices")
@requires(P.EDIT_STAFF)
def notices(slug: str) -> Any:
    """List everybody with a duty: how far they are, the way they are told, and their own link to hand over."""
    event = the_event(slug)
    plan = queries.plan(event)
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
        waiting={each.id for each in actions.waiting(plan)},
        address={each.id: letters.address_of(each) for each in plan.people},
        links={person_id: letters.page_of(each.token) for person_id, each in passes.of(event).items()},
        told=told,
        refusals=refusals,
        sends=actions.are_sent(event),
    )


@blueprint.post("/events/<slug>/staff/notices")
@requires(P.EDIT_STAFF)
def notices_send(slug: str) -> BaseResponse:
    """Tell the chosen people (`ids`), or everybody who does not know (`all`)."""
    event = the_event(slug)
    plan_actions.check_changeable(event)
    plan = queries.plan(event)
    chosen = set(request.form.getlist("ids", type=int))
    if "all" in request.form:
        chosen = {each.id for each in actions.waiting(plan)}
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
