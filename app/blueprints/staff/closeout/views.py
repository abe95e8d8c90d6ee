"""Close-out lists in the console: everybody's progress, and one person's list."""

from typing import Any

from flask import flash, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app import texts
from app.access import Permission
from app.blueprints.staff import blueprint, passes
from app.blueprints.staff import queries as plan_queries
from app.blueprints.staff.closeout import actions, printing, queries, reminders, words
from app.blueprints.staff.closeout.forms import AddForm, HandOverForm, WaiveForm
from app.blueprints.staff.closeout.queries import Sheet
from app.blueprints.staff.notice.letters import address_of, page_of
from app.blueprints.staff.printing.views import pdf_answer
from app.extensions import db
from app.models import CloseoutItem, Event, EventStatus
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission
BASE = "/events/<slug>/staff/closeout"
ONE = BASE + "/<int:person_id>"
ITEM = ONE + "/<int:item_id>"


_HEARD = words  # importing it lets closing and the alarms ask here


def _is_record(event: Event) -> bool:
    return event.status in {EventStatus.CLOSED, EventStatus.ARCHIVED}


def _sheet(event: Event, person_id: int) -> Sheet:
    return found(queries.sheet(event, person_id))


@blueprint.get(BASE)
@requires(P.VIEW_STAFF)
def closeout(slug: str) -> Any:
    event = the_event(slug)
    sheets = queries.sheets(event)
    return page(
        "staff/closeout.html",
        sheets=sheets,
        total=queries.total(sheets),
        unmade=sum(len(each.missing) for each in sheets),
        address={each.person.id: address_of(each.person) for each in sheets},
        links={person_id: page_of(each.token) for person_id, each in passes.of(event).items()},
        edits=me().can(P.EDIT_STAFF) and not _is_record(event),
        sends=reminders.are_sent(event),
    )


@blueprint.post(BASE + "/make")
@requires(P.EDIT_STAFF)
def closeout_make(slug: str) -> BaseResponse:
    event = the_event(slug)
    made = actions.make(event)
    passes.ensure(event, [each.person for each in queries.sheets(event)])
    db.session.commit()
    if made:
        flash(ngettext("%(num)d item is on the lists.", "%(num)d items are on the lists.", len(made)), "success")
    else:
        flash(gettext("Everybody has their list already."), "info")
    return back_to("staff.closeout", slug=slug)


@blueprint.post(BASE + "/remind")
@requires(P.EDIT_STAFF)
def closeout_remind(slug: str) -> BaseResponse:
    """Remind the chosen people (`ids`), or everybody with something open (`all`)."""
    event = the_event(slug)
    told = reminders.remind(event, None if "all" in request.form else set(request.form.getlist("ids", type=int)))
    db.session.commit()
    if told.written:
        text = ngettext("%(num)d person is being reminded.", "%(num)d people are being reminded.", told.written)
        flash(text, "success")
    elif told.today:
        flash(gettext("They have been reminded today already."), "info")
    elif not told.without_address:
        flash(gettext("Nobody chosen has anything open."), "info")
    if told.without_address:
        names = gettext(", ").join(each.name for each in told.without_address[:5])
        flash(gettext("Without mail address and mobile: %(names)s. Print their list.", names=names), "warning")
    return back_to("staff.closeout", slug=slug)


def show_list(
    event: Event,
    sheet: Sheet,
    *,
    status: int = 200,
    mine: bool = False,
    add: AddForm | None = None,
    waive: WaiveForm | None = None,
    waiving: int = 0,
) -> Any:
    """Answer with one person's list; `mine`: opened by the person themselves."""
    edits = me().can(P.EDIT_STAFF)
    people = [each for each in plan_queries.active_people() if each.id != sheet.person.id] if edits else []
    return page(
        "staff/closeout_person.html",
        status=status,
        sheet=sheet,
        mine=mine,
        edits=edits and event.status is not EventStatus.ARCHIVED,
        opens=edits and not _is_record(event),
        ticks=(edits or mine) and event.status is not EventStatus.ARCHIVED,
        link=next((page_of(each.token) for pid, each in passes.of(event).items() if pid == sheet.person.id), ""),
        people=people,
        add=add or AddForm(formdata=None),
        waive=waive or WaiveForm(formdata=None),
        waiving=waiving,
    )


@blueprint.get(ONE)
@requires(P.VIEW_STAFF)
def closeout_person(slug: str, person_id: int) -> Any:
    event = the_event(slug)
    return show_list(event, _sheet(event, person_id))


def _back(slug: str, person_id: int) -> BaseResponse:
    return back_to("staff.closeout_person", slug=slug, person_id=person_id)


def _item(event: Event, person_id: int, item_id: int) -> CloseoutItem:
    return found(queries.item(event, person_id, item_id))


@blueprint.post(ITEM + "/tick")
@requires(P.EDIT_STAFF)
def closeout_tick(slug: str, person_id: int, item_id: int) -> BaseResponse:
    """Tick an item for somebody, or take the tick away."""
    event = the_event(slug)
    item = _item(event, person_id, item_id)
    actions.tick(event, item, done=request.form.get("done") == "1", by=me().name)
    db.session.commit()
    return _back(slug, person_id)


@blueprint.post(ONE + "/add")
@requires(P.EDIT_STAFF)
def closeout_add(slug: str, person_id: int) -> Any:
    event = the_event(slug)
    sheet, form = _sheet(event, person_id), AddForm()
    if not form.validate_on_submit():
        return show_list(event, sheet, status=422, add=form)
    actions.add(event, sheet.person, form.kind.data, form.text.data or "")
    db.session.commit()
    flash(gettext("Added to the list."), "success")
    return _back(slug, person_id)


@blueprint.post(ONE + "/waive")
@requires(P.EDIT_STAFF)
def closeout_waive(slug: str, person_id: int) -> Any:
    """Waive one item (`item_id`), or all that is open (0), with a reason."""
    event = the_event(slug)
    sheet, form = _sheet(event, person_id), WaiveForm()
    wanted = request.form.get("item_id", type=int) or 0
    items = [_item(event, person_id, wanted)] if wanted else list(sheet.items)
    if not form.validate_on_submit():
        return show_list(event, sheet, status=422, waive=form, waiving=wanted)
    number = actions.waive(event, items, form.why.data or "", by_id=me().id)
    db.session.commit()
    flash(ngettext("%(num)d item is waived.", "%(num)d items are waived.", number), "success")
    return _back(slug, person_id)


@blueprint.post(ITEM + "/open")
@requires(P.EDIT_STAFF)
def closeout_open(slug: str, person_id: int, item_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.open_again(event, _item(event, person_id, item_id))
    db.session.commit()
    return _back(slug, person_id)


@blueprint.post(ITEM + "/remove")
@requires(P.EDIT_STAFF)
def closeout_remove(slug: str, person_id: int, item_id: int) -> BaseResponse:
    event = the_event(slug)
    actions.remove(event, _item(event, person_id, item_id))
    db.session.commit()
    flash(gettext("Removed."), "success")
    return _back(slug, person_id)


@blueprint.post(ONE + "/hand-over")
@requires(P.EDIT_STAFF)
def closeout_hand_over(slug: str, person_id: int) -> Any:
    """Give what is open to somebody else."""
    event = the_event(slug)
    sheet = _sheet(event, person_id)
    people = {each.id: each for each in plan_queries.active_people()}
    form = HandOverForm(list(people.values()))
    if not form.validate_on_submit():
        return show_list(event, sheet, status=422)
    to = people[form.to_id.data]
    number = actions.hand_over(event, sheet.items, to)
    db.session.commit()
    said = ngettext("%(num)d item goes to %(person)s.", "%(num)d items go to %(person)s.", number, person=to.name)
    flash(said, "success")
    return back_to("staff.closeout", slug=slug)


@blueprint.get(BASE + "/lists.pdf")
@requires(P.VIEW_STAFF)
def closeout_print(slug: str) -> Any:
    """Everybody's list, or one person's, on paper."""
    event = the_event(slug)
    wanted = request.args.get("person", type=int)
    sheets = [each for each in queries.sheets(event) if wanted in (None, each.person.id)]
    sheets.sort(key=lambda each: (each.person.sort_key, each.person.id))
    language = texts.known(request.args.get("language"), texts.known(event.language, "zh_CN"))
    return pdf_answer(printing.lists_pdf(event, sheets, language), f"closeout-{slug}")
