"""The call list: made for one hand and a minute between two meetings."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _

from app import clock
from app.access import Permission
from app.blueprints.invitations import queries as invitations
from app.blueprints.rsvp import blueprint
from app.blueprints.rsvp.calls import actions, queries, rules
from app.blueprints.rsvp.calls.forms import CallForm
from app.blueprints.rsvp.rounds import queries as rounds
from app.blueprints.rsvp.rounds.rules import next_due
from app.extensions import db
from app.models import CallOutcome, Event, Invitation, InvitationState
from app.web.guards import requires
from app.web.identity import me, own_rep_id
from app.web.load import found, the_event
from app.web.render import back_to, page
from app.web.words import word

P = Permission
AT = "/events/<slug>/calls/"
REACHED = {*actions.ANSWERS, CallOutcome.CALL_BACK}


@blueprint.get(AT)
@requires(P.VIEW_INVITATIONS)
def calls(slug: str) -> Any:
    return _list(the_event(slug))


def _list(event: Event, *, wrong: tuple[int, CallForm] | None = None) -> Any:
    """The list as it stands; with a form that was refused its card is open and shows why."""
    now = clock.now()
    rep_id = _chosen_rep()
    since = clock.instant(clock.today(event.time_zone), rules.MIDNIGHT, event.time_zone)
    done = queries.calls_since(event, since, rep_id)
    return page(
        "rsvp/calls.html",
        fragment=None if wrong else "rsvp/_hour.html",
        status=422 if wrong else 200,
        to_call=queries.call_list(event, now, rep_id),
        wrong_id=wrong[0] if wrong else None,
        wrong=wrong[1] if wrong else None,
        hour=rules.hour_at(now, event.time_zone),
        hour_ends=rules.ends_at(now, event.time_zone),
        next_hour=rules.next_good_hour(now, event.time_zone),
        offers=rules.suggestions(now, event.time_zone, event.starts_at),
        calls_today=sum(done.values()),
        reached_today=sum(number for outcome, number in done.items() if outcome in REACHED),
        reps=[] if own_rep_id() else _reps(event),
        rep_id=rep_id,
        due_at=next_due(now, rounds.timing_of(event), rounds.asked_of(rounds.latest_round(event))),
    )


def _chosen_rep() -> int | None:
    own = own_rep_id()
    return own if own is not None else request.args.get("rep", None, int)


def _reps(event: Event) -> list[tuple[int, str, int]]:
    """The reps who have somebody to call, with how many."""
    counts = rounds.silent_by_rep(event)
    return [(person.id, person.name, counts[person.id]) for person in invitations.reps() if person.id in counts]


def _guest(event: Event, invitation_id: int) -> Invitation:
    return found(invitations.invitation(event, invitation_id, own_rep_id()))


@blueprint.post(AT + "<int:invitation_id>")
@requires(P.RECORD_REPLIES)
def call_log(slug: str, invitation_id: int) -> Any:
    event = the_event(slug)
    guest = _guest(event, invitation_id)
    form = CallForm(event)
    if not form.validate_on_submit() or form.chosen is None:
        return _list(event, wrong=(invitation_id, form))
    call = actions.log_call(
        guest,
        form.chosen,
        at=clock.now(),
        caller_id=me().id,
        note=form.note.data or "",
        next_call_at=form.again_at,
        given=form.given(),
    )
    db.session.commit()
    undo = url_for("rsvp.call_undo", slug=slug, invitation_id=invitation_id, call_id=call.id, rep=_asked_rep())
    said = _("%(name)s: %(outcome)s", name=guest.dealer.contact, outcome=word(call.outcome).text)
    if guest.state is InvitationState.WAITING:
        said = _("%(name)s would come, but the hall is full: on the waiting list.", name=guest.dealer.contact)
    flash({"text": said, "undo_url": undo}, "success")  # type: ignore[arg-type]  # our flashes may offer Undo
    return back_to("rsvp.calls", slug=slug, rep=_asked_rep())


@blueprint.post(AT + "<int:invitation_id>/<int:call_id>/undo")
@requires(P.RECORD_REPLIES)
def call_undo(slug: str, invitation_id: int, call_id: int) -> Any:
    event = the_event(slug)
    guest = _guest(event, invitation_id)
    actions.undo(guest, found(queries.call_of(guest, call_id)))
    db.session.commit()
    flash(_("Taken back. %(name)s is on the list again.", name=guest.dealer.contact), "info")
    return back_to("rsvp.calls", slug=slug, rep=_asked_rep())


def _asked_rep() -> int | None:
    """The rep whose list was open, so that one comes back to it."""
    return request.args.get("rep", None, int)
