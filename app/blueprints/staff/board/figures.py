"""What stands above the three views: tabs and figures, each a door to the rows behind it."""

from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from app.access import Permission
from app.blueprints.staff.plan import Plan
from app.models import DutyState, StaffKind
from app.web.identity import me
from app.web.locale import money, number

S = DutyState
VIEWS = ("staff.index", "staff.by_person", "staff.by_hour")


def tabs(plan: Plan, current: str) -> list[dict[str, Any]]:
    """Return the three views; each keeps nothing of the others, so its address can be shared."""
    labels = (gettext("By role"), gettext("By person"), gettext("By hour"))
    return [
        {"label": label, "url": url_for(endpoint, slug=plan.event.slug), "current": endpoint == current}
        for endpoint, label in zip(VIEWS, labels, strict=True)
    ]


def stats(plan: Plan) -> list[dict[str, Any]]:
    """Return the figures of the plan."""
    slug = plan.event.slug
    counts = plan.counts()
    hired = sum(1 for each in plan.people if each.kind is not StaffKind.OWN)
    missing = plan.required - plan.filled
    people = len(plan.people)
    acknowledged = counts[S.ACKNOWLEDGED]
    found = [
        {
            "label": gettext("Places filled"),
            "value": gettext("%(filled)s of %(required)s", filled=number(plan.filled), required=number(plan.required)),
            "url": url_for("staff.index", slug=slug, show="open") if missing else None,
            "hint": ngettext("%(num)d still open", "%(num)d still open", missing)
            if missing
            else gettext("every place has somebody"),
            "tone": "orange" if missing else "green",
        },
        {
            "label": gettext("People planned"),
            "value": number(people),
            "url": url_for("staff.by_person", slug=slug),
            "hint": gettext("%(own)s own, %(hired)s hired", own=number(people - hired), hired=number(hired)),
        },
        {
            "label": gettext("Have acknowledged"),
            "value": gettext("%(filled)s of %(required)s", filled=number(acknowledged), required=number(people)),
            "url": url_for("staff.by_person", slug=slug, standing=S.ACKNOWLEDGED.value),
            "hint": _waiting(counts),
            "tone": "green" if people and acknowledged == people else None,
        },
    ]
    if me().can(Permission.EDIT_STAFF) and hired:
        found.append(
            {
                "label": gettext("Hired, by day rates"),
                "value": money(plan.hired_cost, plan.event.currency).removesuffix(".00"),
                "hint": gettext("each day on duty once"),
            }
        )
    return found


def _waiting(counts: dict[DutyState, int]) -> str:
    """What the others wait for, the worst first."""
    told, untold = counts[S.TOLD], counts[S.PLANNED] + counts[S.CHANGED]
    if counts[S.REFUSED]:
        return ngettext("%(num)d cannot do it", "%(num)d cannot do it", counts[S.REFUSED])
    if untold:
        return ngettext("%(num)d not told yet", "%(num)d not told yet", untold)
    if told:
        return ngettext("%(num)d still to answer", "%(num)d still to answer", told)
    return ""
