"""Attachments of a contract, and the report of what may be destroyed."""

from pathlib import PurePath
from typing import Any

from flask import current_app, flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock, files
from app.access import Permission
from app.blueprints.contracts import blueprint
from app.blueprints.contracts.register.keeping import actions, queries
from app.blueprints.contracts.register.opened import sent, the_record
from app.blueprints.contracts.register.queries import ZONE
from app.blueprints.contracts.register.rules.attachments import LARGEST, SHOWN
from app.blueprints.contracts.views import ids_of_request
from app.extensions import db
from app.models import OpenedPart
from app.web.guards import requires
from app.web.identity import me
from app.web.load import found
from app.web.render import back_to, page

P = Permission


@blueprint.post("/contracts/<int:contract_id>/attachments")
@requires(P.DRAFT_CONTRACTS, P.FILE_CONTRACTS)
def attach(contract_id: int) -> Any:
    contract, by_release = the_record(contract_id)
    found(None if by_release else contract)
    upload = request.files.get("file")
    content = upload.stream.read(LARGEST + 1) if upload else b""
    name = PurePath((upload.filename if upload else "") or _("unnamed")).name
    try:
        actions.attach(contract, content, name, me().user, folder=current_app.config["SIGNING_DAY_HOME"])
    except actions.NotKept as fault:
        flash(_(fault.sentence), "danger")
        return back_to("contracts.record", contract_id=contract_id)
    db.session.commit()
    flash(_("The file is kept with the contract."), "success")
    return back_to("contracts.record", contract_id=contract_id)


@blueprint.get("/contracts/<int:contract_id>/attachments/<int:attachment_id>")
@requires(P.VIEW_CONTRACTS)
def attachment(contract_id: int, attachment_id: int) -> Any:
    contract, by_release = the_record(contract_id)
    row = found(None if queries.is_destroyed(contract_id) else queries.attachment(contract, attachment_id))
    is_shown = row.file.media_type in SHOWN
    return sent(contract, row.file, OpenedPart.ATTACHMENT, by_release=by_release, download=not is_shown)


@blueprint.get("/contracts/keeping/")
@requires(P.FILE_CONTRACTS)
def keeping() -> Any:
    """What may be destroyed, what waits for a second person, what was destroyed."""
    rows, total = queries.report(clock.today(ZONE))
    return page(
        "contracts/register/keeping.html",
        rows=rows,
        total=total,
        proposed=queries.proposed(),
        done=queries.done(),
        own_id=me().id,
        years=current_app.config["CONTRACT_RETENTION_YEARS"],
    )


@blueprint.post("/contracts/keeping/propose")
@requires(P.FILE_CONTRACTS)
def keeping_propose() -> Any:
    number = actions.propose(ids_of_request(), request.form.get("why", ""), me().user)
    db.session.commit()
    text = ngettext(
        "%(num)d contract is proposed. Somebody else has to carry it out.",
        "%(num)d contracts are proposed. Somebody else has to carry it out.",
        number,
    )
    flash(text, "success" if number else "warning")
    return back_to("contracts.keeping")


@blueprint.post("/contracts/<int:contract_id>/destroy")
@requires(P.FILE_CONTRACTS)
def keeping_destroy(contract_id: int) -> Any:
    """Destroy what another person has proposed, or take the proposal back."""
    contract, _by_release = the_record(contract_id)
    if request.form.get("answer") == "withdraw":
        actions.withdraw(contract)
        db.session.commit()
        flash(_("The proposal is taken back."), "info")
        return back_to("contracts.keeping")
    gone = actions.destroy(contract, me().user)
    number = contract.number or ""
    db.session.commit()
    files.remove(gone, folder=current_app.config["SIGNING_DAY_HOME"])
    flash(_("The papers of %(number)s are destroyed.", number=number), "success")
    return back_to("contracts.keeping")
