"""The talks of the day, on a phone in the hall and on the big tablet at the sales desk."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.loading import MAY_SEE_STATES, may_see
from app.blueprints.contracts.talks import actions, queries
from app.blueprints.contracts.views import tabs
from app.blueprints.invitations import queries as invitations
from app.extensions import db
from app.models import Event, Talk, TalkState
from app.web.guards import requires
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission


@blueprint.get("/events/<slug>/talks")
@requires(*MAY_SEE_STATES)
def talks(slug: str) -> Any:
    event = the_event(slug)
    rows = queries.talks(event)
    wanted = _state(request.args.get("state"))
    counts = {state: sum(1 for row in rows if row.state is state) for state in queries.ORDER}
    mine = "mine" in request.args
    shown = [row for row in rows if (wanted is None or row.state is wanted) and (not mine or row.host_id == me().id)]
    may_host = me().can(P.HOST_SIGNING)
    return page(
        "contracts/talks.html",
        talks=shown,
        contracts=queries.contracts_of(event),
        may_see=may_see,
        counts=counts,
        wanted=wanted,
        mine=mine,
        states=queries.ORDER,
        hosts=queries.hosts() if may_host else [],
        guests=queries.guests_without(event, own_rep_id()) if may_host else [],
        now=clock.now(),
        my_id=me().id,
        tabs=tabs(slug, "contracts.talks"),
    )


def _state(value: str | None) -> TalkState | None:
    return next((each for each in TalkState if each.value == value), None)


def _host(value: str | None) -> int | None:
    """One of those who may sit with dealers; the form names nobody else."""
    return next((user.id for user in queries.hosts() if str(user.id) == value), None)


@blueprint.post("/events/<slug>/talks")
@requires(P.HOST_SIGNING)
def open_talk(slug: str) -> Any:
    event = the_event(slug)
    named = request.form.get("guest", "")
    guest = found(invitations.invitation(event, int(named), own_rep_id()) if named.isdecimal() else None)
    talk = actions.open_talk(
        event,
        guest,
        host_id=_host(request.form.get("host")) or me().id,
        table_label=" ".join(request.form.get("table", "").split())[:20],
        state=_state(request.form.get("state")) or TalkState.TALKING,
    )
    db.session.commit()
    flash(_("The talk with %(name)s is open.", name=guest.dealer.company), "success")
    return back_to("contracts.talks", slug=slug, _anchor=f"t{talk.id}")


@blueprint.post("/events/<slug>/talks/<int:talk_id>")
@requires(P.HOST_SIGNING)
def change_talk(slug: str, talk_id: int) -> Any:
    """Note how the talk stands: one press for the state, or the whole form."""
    event = the_event(slug)
    talk = _the_talk(event, talk_id)
    form = request.form
    actions.change(
        talk,
        state=_state(form.get("state")),
        host_id=_host(form.get("host")),
        table_label=" ".join(form["table"].split())[:20] if "table" in form else None,
        open_points=" ".join(form["open_points"].split())[:300] if "open_points" in form else None,
    )
    db.session.commit()
    return back_to("contracts.talks", slug=slug, _anchor=f"t{talk_id}")


def _the_talk(event: Event, talk_id: int) -> Talk:
    return found(queries.talk(event, talk_id))
