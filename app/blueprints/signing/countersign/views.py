"""The officer's desk: what waits, one contract with its document, and the signature that seals it."""

from typing import Any

from flask import Response, abort, current_app, flash, make_response, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from app import clock, files, pdf_picture
from app.access import Permission
from app.blueprints.materials import uploads
from app.blueprints.materials.rules.pictures import PICTURES
from app.blueprints.signing import blueprint
from app.blueprints.signing.certificate.screen import screen_trail
from app.blueprints.signing.countersign import actions, jobs, making, queries
from app.blueprints.signing.countersign.forms import PenForm, SignatureForm, StampForm
from app.blueprints.signing.countersign.making import Pen, Tools
from app.blueprints.signing.rules import strokes
from app.blueprints.signing.rules.officers import NoSignatureKept
from app.blueprints.signing.sessions.host_views import the_contract
from app.blueprints.signing.trail import Witness
from app.errors import SigningDayError
from app.extensions import db, reading_only
from app.jobs import start
from app.models import Contract, File, Party, Seal
from app.sealing import certificate, timestamps
from app.tokens import new_link_token
from app.web.errors import sentence
from app.web.guards import requires
from app.web.identity import address, me
from app.web.load import found, the_event
from app.web.render import back_to, page

P = Permission
_WIDTH = 1240
_MOST_AT_ONCE = 50


def officer_witness() -> Witness:
    """Our officer acts alone."""
    return Witness(actor=me().name, address=address(), device=request.user_agent.string)


def tools() -> Tools:
    """Return what sealing needs, by the settings. Raises what is wrong with the certificate."""
    config = current_app.config
    return Tools(config["SIGNING_DAY_HOME"], certificate.ours(config), timestamps.server(config))


def trouble() -> SigningDayError | None:
    """Return what keeps the company's certificate from sealing today, so that it is known before somebody signs."""
    if not current_app.config["SEAL_CERTIFICATE"]:
        return None  # the one for trials is made with the first seal
    try:
        certificate.ours(current_app.config).certificate.check_valid(clock.now())
    except SigningDayError as fault:
        return fault
    return None


@blueprint.get("/countersign")
@blueprint.get("/events/<slug>/countersign")
@requires(P.COUNTERSIGN_CONTRACTS)
def countersign_queue(slug: str | None = None) -> Any:
    """What waits for our signature, the longest waiting first."""
    event = the_event(slug) if slug else None
    contracts = queries.waiting(event.id if event else None)
    hosts = queries.hosts_of(contracts)
    return page(
        "signing/queue.html",
        contracts=contracts,
        mine={each.id for each in contracts if me().id in {each.rep_id, hosts.get(each.id)}},
        now=clock.now(),
        trouble=trouble(),
        sentence=sentence,
        signature=queries.signature_of(me().id),
        stamp=queries.company_stamp(),
    )


def _shown(
    contract: Contract, *, status: int = 200, form: PenForm | None = None, fault: SigningDayError | None = None
) -> Any:
    form = form or PenForm(formdata=None, client_id=new_link_token())
    marks = queries.marks_of(contract.id)
    kept = queries.signature_of(me().id)
    return page(
        "signing/countersign.html",
        status=status,
        contract=contract,
        form=form,
        fault=fault,
        trouble=trouble(),
        sentence=sentence,
        dealer=marks.get(Party.DEALER),
        seal=queries.seal_of(contract.id),
        kept=kept,
        stamp=queries.company_stamp(),
        trail=screen_trail(queries.steps_of(contract.id)),
        path=strokes.path,
        extent=strokes.extent,
    )


@blueprint.get("/contracts/<int:contract_id>/countersign")
@requires(P.COUNTERSIGN_CONTRACTS)
def countersign(contract_id: int) -> Any:
    return _shown(the_contract(contract_id))


@blueprint.post("/contracts/<int:contract_id>/countersign")
@requires(P.COUNTERSIGN_CONTRACTS)
def countersign_sign(contract_id: int) -> Any:
    """Sign for the company. What goes wrong is said on the page, and nothing has changed then."""
    form = PenForm()
    if not form.validate():
        return _shown(the_contract(contract_id), status=422, form=form)
    try:
        seal = sign(contract_id, form)
        number = seal.contract.number
        db.session.commit()
    except SigningDayError as fault:
        db.session.rollback()
        return _shown(the_contract(contract_id), status=409, form=form, fault=fault)
    flash(gettext("Contract %(number)s is signed by both sides and sealed.", number=number), "success")
    return back_to("signing.trail", contract_id=contract_id)


def sign(contract_id: int, form: PenForm) -> Seal:
    """Make the sealed document while nobody waits for us, then store it. Not committed."""
    db.session.rollback()  # gives back the write lock that the request has begun with
    pen = _pen(form)
    with reading_only():
        if seal := queries.sealed_by(contract_id, pen.client_id):
            return seal
        made = making.make(the_contract(contract_id), pen, tools())
        db.session.rollback()
    contract = the_contract(contract_id)
    seal = actions.countersign(contract, made, current_app.config["SIGNING_DAY_HOME"])
    if form.keeps.data and form.strokes.data:
        actions.keep_signature(me().user, form.drawn())
    return seal


def _pen(form: PenForm) -> Pen:
    drawn = form.drawn()
    kept = queries.signature_of(me().id)
    if drawn is None and kept is None:
        raise NoSignatureKept
    written = [list(stroke) for stroke in strokes.read(drawn)] if drawn is not None or kept is None else kept.strokes
    return Pen(form.client_id.data or "", written, me().user, form.title.data or "", officer_witness())


@blueprint.post("/countersign/many")
@requires(P.COUNTERSIGN_CONTRACTS)
def countersign_many() -> BaseResponse:
    """Sign the ticked contracts with the kept signature, in the worker."""
    ids = [int(each) for each in request.form.getlist("ids") if each.isdecimal()][:_MOST_AT_ONCE]
    waiting = {each.id for each in queries.waiting()}
    chosen = [each for each in ids if each in waiting]
    if not chosen or queries.signature_of(me().id) is None:
        flash(gettext("Tick at least one contract, and draw your signature first."), "warning")
        return back_to("signing.countersign_queue")
    told = {"contracts": chosen, "key": new_link_token()[:24], "title": "", "address": address()}
    told["device"] = request.user_agent.string[:200]
    start(jobs.KIND, event_id=None, arguments=told, by_id=me().id, total=len(chosen))
    db.session.commit()
    num = len(chosen)
    flash(ngettext("%(num)d contract is being sealed.", "%(num)d contracts are being sealed.", num), "success")
    return back_to("signing.countersign_queue")


@blueprint.get("/contracts/<int:contract_id>/countersign/pages/<int:number>.png")
@requires(P.COUNTERSIGN_CONTRACTS)
def countersign_page(contract_id: int, number: int) -> Response:
    """One page of what the dealer has signed, as a picture."""
    contract = the_contract(contract_id)
    content = files.read(found(_signed_file(contract)), folder=current_app.config["SIGNING_DAY_HOME"])
    try:
        picture = pdf_picture.page_picture(content, number, width=_WIDTH)
    except IndexError:
        abort(404)
    response = make_response(picture)
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _signed_file(contract: Contract) -> File | None:
    dealer = queries.marks_of(contract.id).get(Party.DEALER)
    return making.signed_file(contract, dealer)


@blueprint.route("/countersign/signature", methods=["GET", "POST"])
@requires(P.COUNTERSIGN_CONTRACTS)
def own_signature() -> Any:
    """Draw the signature that is kept."""
    form, fault = SignatureForm(), ""
    if form.validate_on_submit():
        try:
            actions.keep_signature(me().user, form.drawn())
            db.session.commit()
        except SigningDayError as error:
            db.session.rollback()
            fault = sentence(error)
        else:
            flash(gettext("Your signature is kept. It is used for no one but you."), "success")
            return back_to("signing.countersign_queue")
    kept = queries.signature_of(me().id)
    return page(
        "signing/signature.html",
        status=422 if fault else 200,
        form=form,
        stamp_form=StampForm(formdata=None),
        fault=fault,
        kept=kept,
        stamp=queries.company_stamp(),
        path=strokes.path,
        extent=strokes.extent,
    )


@blueprint.post("/countersign/stamp")
@requires(P.COUNTERSIGN_CONTRACTS)
def company_stamp() -> BaseResponse:
    """Use another picture of our stamp, or none."""
    form = StampForm()
    picture = uploads.kept(form.picture, PICTURES) if form.picture.data else None
    if form.picture.data and picture is None:
        flash(str(form.picture.errors[0]), "danger")
        return back_to("signing.own_signature")
    actions.use_stamp(picture, me().user)
    db.session.commit()
    flash(gettext("The stamp is kept.") if picture else gettext("No stamp is used from now on."), "success")
    return back_to("signing.own_signature")


@blueprint.get("/countersign/stamp.png")
@requires(P.COUNTERSIGN_CONTRACTS)
def company_stamp_picture() -> Any:
    """The picture in use."""
    return uploads.shown(found(queries.company_stamp()).file)
