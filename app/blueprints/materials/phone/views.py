"""The phone's page, what it keeps for the time without network, and what it sends afterwards."""

import json
from pathlib import Path
from typing import Any

from flask import Response, current_app, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import BadRequest

from app import clock, files
from app.access import Permission
from app.blueprints.materials import blueprint, queries
from app.blueprints.materials.boxes import queries as box_queries
from app.blueprints.materials.log.actions import By, is_known, write
from app.blueprints.materials.phone import actions, answers, reading
from app.blueprints.materials.phone import queries as codes
from app.blueprints.materials.phone.actions import ACCEPTED, DUPLICATE, REFUSED, NotHere, Result
from app.blueprints.materials.rules.pictures import LARGEST, PICTURES, media_type
from app.errors import SigningDayError
from app.extensions import db
from app.models import Event, MovementKind
from app.tokens import digest, number_code, read_code, read_number
from app.web.errors import sentence
from app.web.guards import requires
from app.web.headers import csp
from app.web.identity import me
from app.web.load import found, the_event
from app.web.render import page
from app.web.static import asset

P = Permission
STYLES = ("tokens", "base", "parts", "forms", "desk", "phone")
SCRIPTS = ("theme", "fonts", "desk_scanner", "desk_camera", "phone")
IMPORTED = ("desk_code", "phone_code", "phone_store", "phone_send", "phone_paint", "phone_picture")


def _by() -> By:
    return By(me().name, me().id)


@blueprint.get("/events/<slug>/materials/phone/")
@requires(P.VIEW_MATERIALS)
def phone(slug: str) -> Any:
    """The page itself. Without script it is a search whose hits open the materials' own pages."""
    event = the_event(slug)
    typed = "".join(letter for letter in request.args.get("q", "")[:80] if letter.isprintable())
    searched = queries.materials(event).where(queries.matching(typed)).order_by(queries.ORDER).limit(30)
    hits = db.session.scalars(searched).all() if typed else []
    response = page(
        "materials/phone/phone.html", q=typed, hits=hits, may_edit=me().can(P.EDIT_MATERIALS), styles=STYLES
    )
    # The decoder of camera pictures is WebAssembly, which our policy allows on pages that scan only.
    response.headers["Content-Security-Policy"] = csp(script_src="'self' 'wasm-unsafe-eval'")
    return response


@blueprint.get("/events/<slug>/materials/phone/data.json")
@requires(P.VIEW_MATERIALS)
def phone_data(slug: str) -> Response:
    """Everything the page shows, so that it works without us; nothing again to whom tells our mark."""
    event = the_event(slug)
    sheet, boxes = queries.sheet(event), queries.boxes(event)
    told = {
        "items": answers.items(sheet),
        "boxes": answers.crates(boxes),
        "places": answers.places(sheet, boxes, [zone.name for zone in queries.zones(event)]),
    }
    mark = digest(json.dumps(told))
    at = f"{clock.local(clock.now(), event.time_zone):%H:%M}"
    return jsonify(at=at, same=True) if request.args.get("mark") == mark else jsonify(at=at, mark=mark, **told)


@blueprint.get("/events/<slug>/materials/phone/hello.json")
@requires(P.VIEW_MATERIALS)
def phone_hello(slug: str) -> Response:
    """Who is signed in, and a fresh token: a page that was open for hours has an old one."""
    the_event(slug)
    return jsonify(user=me().id, name=me().name, token=generate_csrf(), may_edit=me().can(P.EDIT_MATERIALS))


@blueprint.get("/events/<slug>/materials/phone/worker.js")
@requires(P.VIEW_MATERIALS)
def phone_worker(slug: str) -> Response:
    """The service worker of this page alone: it must stand under the address it works for."""
    the_event(slug)
    static = Path(str(current_app.static_folder))
    kept = [asset(f"css/{name}.css") for name in STYLES] + [asset("css/fonts.css")]
    kept += [asset(f"js/{name}.js") for name in ("early", *SCRIPTS)]
    kept += [url_for("static", filename=f"js/{name}.js") for name in IMPORTED]
    kept += [asset(f"vendor/{name}") for name in ("tabler.min.css", "icons.svg", "barcode-detector.js")]
    kept += [asset("vendor/zxing_reader.wasm"), asset("brand/mark.svg"), asset("brand/favicon.svg")]
    told = {"page": url_for("materials.phone", slug=slug), "files": kept, "static": url_for("static", filename="")}
    script = (static / "js" / "phone_worker.js").read_text("utf-8")
    answer = Response(f"const TOLD = {json.dumps(told)};\n{script}", content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _told(result: Result) -> dict[str, str]:
    text = _(result.sentence) % result.facts if result.sentence else ""
    return {"client_id": result.client_id, "state": result.state, "code": result.code, "text": text}


@blueprint.post("/events/<slug>/materials/phone/sync")
@requires(P.EDIT_MATERIALS)
def phone_sync(slug: str) -> Response:
    """Take acts. Each is answered by its id: accepted, duplicate, or refused with the reason."""
    event = the_event(slug)
    try:
        body = request.get_json()
    except RecursionError:
        raise BadRequest from None
    raws = body.get("acts") if isinstance(body, dict) else None
    if not isinstance(raws, list) or len(raws) > reading.MOST_ACTS:
        raise BadRequest
    results = actions.receive(event, raws, by=_by(), phone_now=clock.of_device(body.get("phone_now")))
    told = [_told(each) for each in results]
    db.session.commit()
    return jsonify(results=told)


@blueprint.post("/events/<slug>/materials/phone/photo")
@requires(P.EDIT_MATERIALS)
def phone_photo(slug: str) -> Response:
    """Take a photo, told by its bytes and not by its name."""
    event = the_event(slug)
    raw = {"client_id": request.form.get("client_id"), "kind": "moved"}
    client_id = reading.client_id_of(raw)
    if not client_id:
        raise BadRequest
    try:
        is_new = _photo_kept(event, client_id)
    except SigningDayError as error:
        db.session.rollback()
        return jsonify(client_id=client_id, state=REFUSED, code=error.code, text=sentence(error))
    db.session.commit()
    return jsonify(client_id=client_id, state=ACCEPTED if is_new else DUPLICATE, code="", text="")


def _photo_kept(event: Event, client_id: str) -> bool:
    if is_known(event, client_id):
        return False
    form = request.form
    number = form.get("material_id", "")
    material = queries.material(event, int(number)) if number.isdecimal() and len(number) < 10 else None
    if material is None:
        raise NotHere
    upload = request.files.get("file")
    content = upload.stream.read(LARGEST + 1) if upload else b""
    kind = media_type(content)
    if len(content) > LARGEST or kind not in PICTURES:
        raise actions.NotAPicture
    folder = current_app.config["SIGNING_DAY_HOME"]
    name = f"{client_id}{PICTURES[kind or '']}"
    file = files.keep(content, folder=folder, name=name, media_type=kind or "", by_id=me().id)
    at = clock.corrected(clock.of_device(form.get("happened_at")), clock.of_device(form.get("phone_now")), clock.now())
    note = reading.text(form.get("note", ""), 200)
    write(
        event, material, MovementKind.PHOTO, by=_by(), client_id=client_id, happened_at=at, note=note, file_id=file.id
    )
    return True


@blueprint.get("/M/<code>", endpoint="code_page")
@blueprint.get("/m/<code>", endpoint="code_page_lower")
@requires()
def code_page(code: str) -> Any:
    """What the QR code of a material opens: its place on the phone's page, which asks who may see it."""
    read = read_code(code, "M")
    material = found(codes.any_material(read_number(read)) if read else None)
    return redirect(url_for("materials.phone", slug=material.event.slug, item=number_code(material.id)), 303)


@blueprint.get("/X/<code>", endpoint="box_code_page")
@blueprint.get("/x/<code>", endpoint="box_code_page_lower")
@requires()
def box_code_page(code: str) -> Any:
    """What the QR code of a label opens: the box, or for a blank label the question which box it stands on."""
    read = read_code(code, "X")
    box = found(box_queries.any_of_code(read) if read else None)
    if box.event_id is None:
        return redirect(url_for("materials.blank", code=box.code), 303)
    event = found(codes.event_of(box.event_id))
    return redirect(url_for("materials.phone", slug=event.slug, box=box.code), 303)
