"""What is wrong with the materials, in words, each with the act that mends it. Many of a kind become one line."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import clock
from app.access import Permission
from app.blueprints.materials import queries
from app.blueprints.materials.lines import Line, Sheet
from app.blueprints.materials.rules.alarms import GRAVE, Alarm, Trouble
from app.models import Event, EventStatus
from app.money import rounded
from app.web.alarms import Row, source
from app.web.locale import day, money, number

T = Trouble
MOST_OF_A_KIND = 3
ICONS = {
    T.NOT_ORDERED: "clock-question",
    T.NOT_HERE: "alarm",
    T.SHORT: "alert-triangle",
    T.DIFFER: "list-numbers",
    T.DAMAGED: "alert-triangle",
    T.PROOF_RETURNED: "arrow-back-up",
    T.PROOF_WAITS: "signature",
    T.PROOF_MISSING: "file-alert",
    T.MORE_WANTED: "circle-plus",
    T.OVER: "circle-minus",
    T.UNDECIDED: "question-mark",
    T.NO_OWNER: "user-question",
    T.NOT_BACK: "archive",
}


def _text(alarm: Alarm, line: Line) -> str:
    name, count, on = line.material.name, number(alarm.number), day(alarm.day)
    say: dict[Trouble, Callable[[], str]] = {
        T.NOT_ORDERED: lambda: gettext("%(name)s: should have been ordered by %(day)s", name=name, day=on),
        T.NOT_HERE: lambda: gettext("%(name)s: was due on %(day)s and has not come", name=name, day=on),
        T.SHORT: lambda: gettext("%(name)s: %(num)s short", name=name, num=count),
        T.DIFFER: lambda: gettext("%(name)s: two counts differ", name=name),
        T.DAMAGED: lambda: gettext("%(name)s: %(num)s came damaged", name=name, num=count),
        T.PROOF_RETURNED: lambda: gettext("%(name)s: the proof was sent back", name=name),
        T.PROOF_WAITS: lambda: gettext("%(name)s: a proof waits to be signed off", name=name),
        T.PROOF_MISSING: lambda: gettext("%(name)s: the design has no proof yet", name=name),
        T.MORE_WANTED: lambda: gettext("%(name)s: %(num)s more are wanted by now", name=name, num=count),
        T.OVER: lambda: gettext("%(name)s: over by %(num)s", name=name, num=count),
        T.UNDECIDED: lambda: gettext("%(name)s: nobody has said how many", name=name),
        T.NO_OWNER: lambda: gettext("%(name)s: nobody sees to it", name=name),
        T.NOT_BACK: lambda: gettext("%(name)s: %(num)s are still out", name=name, num=count),
    }
    return say[alarm.trouble]()


def _many(trouble: Trouble, count: int) -> str:
    say: dict[Trouble, Callable[[], str]] = {
        T.NOT_ORDERED: lambda: ngettext(
            "%(num)s material should be on order by now", "%(num)s materials should be on order by now", count
        ),
        T.NOT_HERE: lambda: ngettext("%(num)s delivery is late", "%(num)s deliveries are late", count),
        T.SHORT: lambda: ngettext("%(num)s material came short", "%(num)s materials came short", count),
        T.DIFFER: lambda: ngettext(
            "Of %(num)s material two counts differ", "Of %(num)s materials two counts differ", count
        ),
        T.DAMAGED: lambda: ngettext("%(num)s material came damaged", "%(num)s materials came damaged", count),
        T.PROOF_RETURNED: lambda: ngettext("%(num)s proof was sent back", "%(num)s proofs were sent back", count),
        T.PROOF_WAITS: lambda: ngettext(
            "%(num)s proof waits to be signed off", "%(num)s proofs wait to be signed off", count
        ),
        T.PROOF_MISSING: lambda: ngettext(
            "%(num)s design has no proof yet", "%(num)s designs have no proof yet", count
        ),
        T.MORE_WANTED: lambda: ngettext(
            "Of %(num)s material more are wanted by now", "Of %(num)s materials more are wanted by now", count
        ),
        T.OVER: lambda: ngettext("Of %(num)s material too many", "Of %(num)s materials too many", count),
        T.UNDECIDED: lambda: ngettext(
            "Of %(num)s material nobody has said how many", "Of %(num)s materials nobody has said how many", count
        ),
        T.NO_OWNER: lambda: ngettext("Nobody sees to %(num)s material", "Nobody sees to %(num)s materials", count),
        T.NOT_BACK: lambda: ngettext("%(num)s material is still out", "%(num)s materials are still out", count),
    }
    return say[trouble]()


def _act(alarm: Alarm, sheet: Sheet, may_edit: bool) -> dict[str, Any]:
    slug = sheet.event.slug
    here = url_for("materials.show", slug=slug, material_id=alarm.material_id)
    if not may_edit:
        return {"label": gettext("Look at it"), "url": here}
    label, anchor = {
        T.NOT_ORDERED: (gettext("Order it"), "order"),
        T.NOT_HERE: (gettext("It has come"), "delivery"),
        T.SHORT: (gettext("Order on top"), "order"),
        T.DIFFER: (gettext("Say which is right"), "differ"),
        T.DAMAGED: (gettext("Order on top"), "order"),
        T.PROOF_RETURNED: (gettext("New proof"), "proof"),
        T.PROOF_WAITS: (gettext("Look at it"), "proof"),
        T.PROOF_MISSING: (gettext("Hand in a proof"), "proof"),
        T.MORE_WANTED: (gettext("Order on top"), "order"),
        T.OVER: (gettext("See the orders"), "order"),
        T.UNDECIDED: (gettext("Decide"), ""),
        T.NO_OWNER: (gettext("Name an owner"), ""),
        T.NOT_BACK: (gettext("Say where they are"), ""),
    }[alarm.trouble]
    if alarm.trouble is T.NOT_BACK:
        return {"label": label, "url": url_for("materials.after_event", slug=slug, _anchor=f"m{alarm.material_id}")}
    if anchor:
        return {"label": label, "url": f"{here}#{anchor}"}
    return {"label": label, "url": url_for("materials.edit", slug=slug, material_id=alarm.material_id)}


def _detail(line: Line, alarm: Alarm, sheet: Sheet) -> str:
    """Say whose it is and who brings it; of what is ordered too much also what that costs."""
    owner = line.material.owner.name if line.material.owner else ""
    cost = ""
    if alarm.trouble is T.OVER and line.material.unit_price:
        currency = sheet.event.currency
        cost = gettext(
            "%(sum)s too much", sum=money(rounded(line.material.unit_price * alarm.number, currency), currency)
        )
    return gettext(" · ").join(each for each in (owner, line.material.supplier, cost) if each)


def rows(sheet: Sheet, *, may_edit: bool) -> list[dict[str, Any]]:
    """Return the lines a page opens with, grave ones first; of many alike only one line that leads to them."""
    grouped: defaultdict[Trouble, list[Alarm]] = defaultdict(list)
    for alarm in sheet.alarms():
        grouped[alarm.trouble].append(alarm)
    found = []
    for trouble, alike in grouped.items():
        if len(alike) > MOST_OF_A_KIND:
            found.append(_summed_up(trouble, alike, sheet, may_edit))
            continue
        for alarm in alike:
            line = sheet.by_id[alarm.material_id]
            found.append(_row(trouble, _text(alarm, line), _detail(line, alarm, sheet), _act(alarm, sheet, may_edit)))
    return found


@source("materials.index", _("Materials"), Permission.VIEW_MATERIALS)
def rows_of_events(events: Sequence[Event]) -> Mapping[int, Sequence[Row]]:
    """Return the deliveries that are late or short, for the overview and home: one query, however many events.

    What should have been ordered depends on the head count of each event, so only the room's own page works that out.
    """
    slugs = {event.id: event for event in events}
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for late in queries.late_deliveries(list(slugs)):
        event = slugs[late.event_id]
        if clock.today(event.time_zone) > late.due_on and event.status not in {
            EventStatus.CLOSED,
            EventStatus.ARCHIVED,
        }:
            text = gettext(
                "%(name)s: was due on %(day)s, %(num)s to come", name=late.name, day=day(late.due_on), num=late.number
            )
            url = url_for("materials.show", slug=event.slug, material_id=late.material_id)
            act = {"label": gettext("Look at it"), "url": url}
            found[event.id].append(Row(text, ICONS[T.NOT_HERE], is_grave=True, act=act))
    return found


def _row(trouble: Trouble, text: str, detail: str, act: dict[str, Any]) -> dict[str, Any]:
    tone = "danger" if trouble in GRAVE else "warning"
    return {"tone": tone, "icon": ICONS[trouble], "text": text, "detail": detail, "act": act}


def _summed_up(trouble: Trouble, alike: list[Alarm], sheet: Sheet, may_edit: bool) -> dict[str, Any]:
    names = [sheet.by_id[each.material_id].material.name for each in alike[:MOST_OF_A_KIND]]
    detail = gettext("%(names)s and others", names=gettext(", ").join(names))
    url = url_for("materials.trouble", slug=sheet.event.slug, trouble=trouble.value)
    if trouble is Trouble.NO_OWNER and may_edit:
        ids = [each.material_id for each in alike]
        act = {"label": gettext("Name an owner"), "url": url_for("materials.assign", slug=sheet.event.slug, ids=ids)}
    else:
        act = {"label": gettext("See them"), "url": url}
    return _row(trouble, _many(trouble, len(alike)), detail, act)


def of_line(sheet: Sheet, line: Line) -> list[dict[str, Any]]:
    """Return what is wrong with one material, for its own page, which shows counts that differ by itself."""
    found = [each for each in sheet.alarms() if each.material_id == line.id and each.trouble is not T.DIFFER]
    return [_row(each.trouble, _text(each, line), "", _act(each, sheet, may_edit=True)) for each in found]


def of_trouble(sheet: Sheet, trouble: Trouble, *, may_edit: bool) -> list[dict[str, Any]]:
    """Return all materials with the same trouble, one a line."""
    found = []
    for alarm in sheet.alarms():
        if alarm.trouble is trouble:
            line = sheet.by_id[alarm.material_id]
            found.append(_row(trouble, _text(alarm, line), _detail(line, alarm, sheet), _act(alarm, sheet, may_edit)))
    return found


def title_of(trouble: Trouble, count: int) -> str:
    return _many(trouble, count)
