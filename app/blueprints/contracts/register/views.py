"""The register: every contract of the company, the page of one, its files, and filing."""

from typing import Any

from flask import current_app, flash, g, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.register import actions, queries, shown
from app.blueprints.contracts.register.keeping import queries as keeping
from app.blueprints.contracts.register.lookup import queries as lookups
from app.blueprints.contracts.register.opened import limit, note, sent, the_record
from app.blueprints.contracts.register.printing.jobs import EXPORT_AT_ONCE
from app.blueprints.contracts.register.printing.views import export_by_worker
from app.blueprints.contracts.register.rules import wanted as asked
from app.blueprints.contracts.register.table import Register, spec
from app.blueprints.contracts.views import ids_of_request
from app.extensions import db
from app.models import OpenedPart
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_or, page

P = Permission


def the_register() -> Register:
    """The register as the address asks for it, limited to what this person may see; not loaded yet."""
    wanted, _wrong = asked.read(request.args)
    files = me().can(P.FILE_CONTRACTS)
    base = queries.everything(wanted, limit(), clock.now())
    described = spec(selectable=files, exports=me().can(P.EXPORT_LISTS), search=lambda typed: _found(typed).condition)
    return Register(described, base, wanted, request.args)


def _found(typed: str) -> queries.Found:
    """What a search finds, asked for once a request."""
    kept: dict[str, queries.Found] = g.setdefault("register_search", {})
    if typed not in kept:
        kept[typed] = queries.search(typed)
    return kept[typed]


@blueprint.get("/contracts/")
@requires(P.VIEW_CONTRACTS)
def register() -> Any:
    table = the_register()
    if table.wants_export:
        total = table.count()
        return export_by_worker(table, total) if total > EXPORT_AT_ONCE else table.export()
    table.load()
    _wanted, wrong = asked.read(request.args)
    person_id = limit()
    hidden = queries.hidden(table.q, person_id, clock.now())
    return page(
        "contracts/register/index.html",
        fragment="contracts/register/_table.html",
        table=table,
        given=request.args,
        wrong=wrong,
        is_open=not table.wanted.is_empty or bool(wrong),
        is_cut=bool(table.q) and _found(table.q).is_cut,
        events=queries.events_with_contracts(),
        sellers=queries.sellers() if person_id is None else {},
        hidden=hidden,
        asked_for=lookups.waiting_of(hidden, me().id) if hidden else None,
        wrong_reason=False,
        own_requests=lookups.of_user(me().id) if person_id is not None else [],
        needs=shown.needs(),
    )


@blueprint.get("/contracts/<int:contract_id>")
@requires(P.VIEW_CONTRACTS)
def record(contract_id: int) -> Any:
    """Everything about one contract in one place."""
    contract, by_release = the_record(contract_id)
    answer = page("contracts/register/show.html", **shown.story(contract), by_release=by_release)
    note(contract_id, OpenedPart.PAGE, by_release=by_release)
    return answer


@blueprint.get("/contracts/<int:contract_id>/files/<any(document, sealed):which>.pdf")
@requires(P.VIEW_CONTRACTS)
def record_file(contract_id: int, which: str) -> Any:
    """The approved document, or the sealed copy."""
    contract, by_release = the_record(contract_id)
    found(None if keeping.is_destroyed(contract.id) else contract)
    seal = queries.seal(contract)
    if which == "sealed":
        return sent(contract, found(seal).file, OpenedPart.SEALED, by_release=by_release)
    return sent(contract, found(contract.document), OpenedPart.DOCUMENT, by_release=by_release)


@blueprint.post("/contracts/file")
@requires(P.FILE_CONTRACTS)
def file_many() -> Any:
    """File the ticked contracts; those not sealed are passed over and said so."""
    contracts = queries.chosen(ids_of_request())
    filed, passed = actions.file_all(contracts, keep_years=current_app.config["CONTRACT_RETENTION_YEARS"])
    db.session.commit()
    said = ngettext("%(num)d contract is filed.", "%(num)d contracts are filed.", filed)
    if passed:
        said += " " + ngettext(
            "%(num)d was passed over: not signed by both and sealed, or filed already.",
            "%(num)d were passed over: not signed by both and sealed, or filed already.",
            passed,
        )
    flash(said, "success" if filed else "warning")
    return back_or("/contracts/")


@blueprint.post("/contracts/<int:contract_id>/file")
@requires(P.FILE_CONTRACTS)
def file_one(contract_id: int) -> Any:
    contract, _by_release = the_record(contract_id)
    actions.file(contract, keep_years=current_app.config["CONTRACT_RETENTION_YEARS"])
    day = contract.retain_until
    db.session.commit()
    flash(_("Filed. Its papers are kept until %(day)s.", day=day), "success")
    return back_or(f"/contracts/{contract_id}")
