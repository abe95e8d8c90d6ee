"""The levels of an event's reminding, and what was reminded of."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables.loading import MAY_SEE, own_id
from app.blueprints.receivables.reminders import actions, queries
from app.blueprints.receivables.rules.levels import Level
from app.blueprints.receivables.views import tabs
from app.extensions import db
from app.models import Event, ReminderBy, Tone
from app.web.guards import requires
from app.web.load import the_event
from app.web.render import back_to, page
from app.web.words import choices

P = Permission
AT = "/events/<slug>/payments/reminders"
_FIRST, _LAST, _ROWS = -60, 365, 10


@blueprint.get(AT)
@requires(*MAY_SEE)
def reminders(slug: str) -> Any:
    return _shown(the_event(slug))


def _shown(event: Event, *, fault: str = "", typed: list[tuple[str, str, str]] | None = None) -> Any:
    levels = [(str(each.days), each.by.value, each.tone.value) for each in queries.levels_of(event)]
    return page(
        "receivables/reminders.html",
        status=422 if fault else 200,
        rows=(typed if typed is not None else [*levels, ("", "", "")])[:_ROWS],
        fault=fault,
        is_own=queries.has_own_levels(event),
        ways=choices(ReminderBy),
        tones=choices(Tone),
        made=queries.latest(event, own_id()),
        tabs=tabs("receivables.reminders", event),
    )


@blueprint.post(AT)
@requires(P.MANAGE_REMINDERS)
def set_reminders(slug: str) -> Any:
    """Set the levels; rows without days are left out, and without any row the house's levels hold again."""
    event = the_event(slug)
    fields = (request.form.getlist(name)[:_ROWS] for name in ("days", "by", "tone"))
    typed = [(days.strip().replace("−", "-"), by, tone) for days, by, tone in zip(*fields, strict=False)]
    try:
        levels = [Level(int(days), ReminderBy(by), Tone(tone)) for days, by, tone in typed if days]
    except ValueError:
        return _shown(event, fault=_("Please give whole days, for instance -3, 0 or 15."), typed=typed)
    days = [each.days for each in levels]
    if len(set(days)) < len(days) or any(not _FIRST <= each <= _LAST for each in days):
        return _shown(event, fault=_("Each day stands once, from -60 to 365."), typed=typed)
    actions.set_levels(event, sorted(levels, key=lambda each: each.days))
    db.session.commit()
    flash(_("Kept. Sums that were reminded of at a level are not reminded of at it again."), "success")
    return back_to("receivables.reminders", slug=slug)
