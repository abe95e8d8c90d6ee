"""The board of one rep, over all events; and the table of all reps for those who see everybody's."""

from typing import Any

from flask import request

from app.access import Permission
from app.blueprints.receivables import blueprint
from app.blueprints.receivables import queries as receivables
from app.blueprints.receivables.board import queries
from app.blueprints.receivables.followup import queries as followup
from app.blueprints.receivables.loading import MAY_SEE, own_id, today
from app.blueprints.receivables.reminders import queries as reminders
from app.blueprints.receivables.rules import calls as rules
from app.blueprints.receivables.rules.calls import Why
from app.blueprints.receivables.views import tabs
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.nav import door
from app.web.render import page

P = Permission
_FIRST_CALLS, _FIRST_PAUSED, _CANDIDATES = 12, 6, 80


@blueprint.get("/payments/board")
@requires(*MAY_SEE)
def board() -> Any:
    """My dealers' money; `?rep=` opens somebody else's board to whoever sees all."""
    own, day = own_id(), today()
    wanted = request.args.get("rep", None, int)
    if own is None and wanted is None:
        return page(
            "receivables/reps.html",
            rows=queries.by_rep(day),
            tabs=tabs("receivables.board", None),
            today=day,
        )
    return _of_rep(own or wanted or 0)


def _of_rep(rep_id: int) -> Any:
    day = today()
    name = me().name if rep_id == me().id else found(receivables.reps(None).get(rep_id))
    calls = followup.call_list(day, None, rep_id, _CANDIDATES)
    to_call = [each for each in calls if each.why is not Why.PAUSED]
    return page(
        "receivables/board.html",
        rep_id=rep_id,
        is_mine=rep_id == me().id,
        name=name,
        figures=queries.by_rep(day, rep_id),
        broken=queries.broken(day, None, rep_id),
        tasks=reminders.open_tasks(rep_id),
        to_call=to_call[:_FIRST_CALLS],
        more=max(0, len(to_call) - _FIRST_CALLS),
        paused=[each for each in calls if each.why is Why.PAUSED][:_FIRST_PAUSED],
        offers={each.row.id: rules.offers(day, each.habit.pay_day if each.habit else None) for each in calls},
        money=queries.latest_money(rep_id),
        all_url=door("receivables.everything"),
        today=day,
        tabs=tabs("receivables.board", None),
    )
