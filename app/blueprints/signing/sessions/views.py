"""The dealer's page: read, then sign. What a device could not send it keeps and sends later; nothing is half done."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, abort, current_app, jsonify, make_response, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge

from app import clock, files, links, pdf_picture, qr
from app.blueprints.signing import blueprint
from app.blueprints.signing.rules import progress, strokes
from app.blueprints.signing.rules.progress import SigningOver, Stage
from app.blueprints.signing.sessions import actions, queries
from app.blueprints.signing.sessions.actions import Sent
from app.blueprints.signing.sessions.gate import sends_codes, signing_page, without_token, witness_of
from app.extensions import db
from app.models import File, Signing
from app.web.load import found
from app.web.locale import language
from app.web.render import page

LINK = "/sign/<string(maxlength=64):token>"
_WIDTH = 1240  # pixels of a page's picture: sharp on a tablet, 100 KB at most


def _stage(signing: Signing) -> Stage:
    return progress.stage(queries.facts(signing, clock.now(), sends_codes=sends_codes()))


def _document(signing: Signing) -> File:
    return found(queries.document_of(signing))


@blueprint.get(LINK)
@signing_page
def sheet(signing: Signing) -> Any:
    """The page as it stands: waiting for the host, reading, signing, or signed."""
    stage = _stage(signing)
    seal = queries.seal_of(signing.contract) if stage is Stage.SIGNED else None
    copy_url = url_for("signing.copy", token=seal.copy_token) if seal else ""
    return page(
        "signing/sheet.html",
        signing=signing,
        contract=signing.contract,
        event=signing.contract.event,
        stage=stage,
        seal=seal,
        copy_url=copy_url,
        copy_code=qr.svg(links.public(copy_url), label=gettext("Opens the sealed copy")) if seal else "",
        asks_code=sends_codes() and bool(signing.code_mobile) and signing.code_passed_at is None,
    )


@blueprint.get(LINK + "/state")
@signing_page
def sheet_state(signing: Signing) -> Response:
    """How far the signing is, for a page that waits."""
    return jsonify(stage=_stage(signing).value, sealed=queries.seal_of(signing.contract) is not None)


@blueprint.get(LINK + "/pages/<int:number>.png")
@signing_page
def sheet_page(signing: Signing, number: int) -> Response:
    """One page of the document as a picture."""
    if _stage(signing) in {Stage.OVER, Stage.IDENTITY}:
        abort(404)
    content = files.read(_document(signing), folder=current_app.config["SIGNING_DAY_HOME"])
    try:
        picture = pdf_picture.page_picture(content, number, width=_WIDTH)
    except IndexError:
        abort(404)
    response = make_response(picture)
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@blueprint.get(LINK + "/document.pdf")
@signing_page
def sheet_document(signing: Signing) -> Response:
    """The document itself, for those who would rather read it elsewhere."""
    if _stage(signing) in {Stage.OVER, Stage.IDENTITY}:
        abort(404)
    response = make_response(files.read(_document(signing), folder=current_app.config["SIGNING_DAY_HOME"]))
    response.headers["Content-Type"] = "application/pdf"
    response.headers.set("Content-Disposition", "inline", filename=f"{signing.contract.number}.pdf")
    return response


@blueprint.post(LINK + "/read")
@without_token
@signing_page
def sheet_read(signing: Signing) -> Any:
    """Note which pages were in front of the reader, and how long."""
    if _stage(signing) in {Stage.OVER, Stage.IDENTITY}:
        raise SigningOver
    actions.open_page(signing, witness_of(signing))
    actions.read_pages(signing, _body().get("pages"), witness_of(signing))
    db.session.commit()
    return jsonify(stage=_stage(signing).value)


@blueprint.post(LINK + "/code")
@without_token
@signing_page
def sheet_code(signing: Signing) -> Any:
    """Send a code to the signatory's phone."""
    if _stage(signing) in {Stage.OVER, Stage.IDENTITY, Stage.SIGNED} or not sends_codes() or not signing.code_mobile:
        raise SigningOver
    text = gettext(
        "Your code for signing contract %(number)s is {code}. It is good for ten minutes; give it to nobody.",
        number=signing.contract.number,
    )
    actions.send_code(signing, text, language(), witness_of(signing))
    db.session.commit()
    return jsonify(sent=True, phone=signing.code_mobile[-4:])


@blueprint.post(LINK + "/code/check")
@without_token
@signing_page
def sheet_code_check(signing: Signing) -> Any:
    """Compare what was typed. A wrong try is recorded."""
    fault = actions.pass_code(signing, str(_body().get("code", ""))[:12].strip(), witness_of(signing))
    db.session.commit()
    if fault is not None:
        raise fault
    return jsonify(passed=True)


@blueprint.post(LINK + "/mark")
@without_token
@signing_page
def sheet_mark(signing: Signing) -> Any:
    """Take the signature. "Signed" is said only once it is stored; the same mark may come again and again."""
    mark = actions.sign(signing, _sent(), witness_of(signing), sends_codes=sends_codes())
    told = {"stage": Stage.SIGNED.value, "at": mark.signed_at.isoformat(), "number": signing.contract.number}
    db.session.commit()
    return jsonify(told)


def _sent() -> Sent:
    body = _body()
    client_id = body.get("client_id")
    if not isinstance(client_id, str) or not 16 <= len(client_id) <= 40 or not client_id.isprintable():
        raise strokes.SignatureUnreadable
    return Sent(client_id, body.get("strokes"), body.get("pages"), _instant(body.get("at")), bool(body.get("show")))


def _instant(sent: Any) -> datetime | None:
    """Read the device's clock, milliseconds since 1970; a device whose clock is nonsense has none."""
    try:
        return datetime.fromtimestamp(float(sent) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _body() -> dict[str, Any]:
    if (request.content_length or 0) > strokes.LARGEST:
        raise RequestEntityTooLarge
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        body = None  # brackets by the thousand
    return body if isinstance(body, dict) else {}
