"""The signings of the sample's running conference: some sealed in earnest, one waiting for our officer, the wall up.

One dealer is reading on a tablet at this moment, and one has signed on paper, of which the first pages are in.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from itertools import islice
from math import cos, pi, sin

from flask import current_app
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from app import clock, files, fonts, journal, pdf_picture
from app.blueprints.contracts import queries as contracts
from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.document import print as documents
from app.blueprints.contracts.gate import queries as gates
from app.blueprints.signing.countersign import actions as countersign
from app.blueprints.signing.countersign import making, queries
from app.blueprints.signing.countersign.making import Pen, Tools
from app.blueprints.signing.paper import actions as paper
from app.blueprints.signing.paper.pictures import Page
from app.blueprints.signing.paper.printing import with_codes
from app.blueprints.signing.paper.queries import scans_of
from app.blueprints.signing.rules.strokes import Strokes
from app.blueprints.signing.sessions import actions as sessions
from app.blueprints.signing.sessions.actions import Sent
from app.blueprints.signing.trail import Witness
from app.blueprints.signing.wall import actions as wall
from app.blueprints.territories.packages import queries as packages
from app.blueprints.territories.rules.packages import objection
from app.demo import arrivals
from app.extensions import db
from app.models import (
    Arrival,
    Contract,
    ContractState,
    Event,
    GateOverride,
    IdentityPaper,
    Invitation,
    InvitationState,
    Scan,
    Signing,
    SigningWay,
    Talk,
    TalkState,
    User,
    Verdict,
    WallEntry,
)
from app.sealing import certificate

SEALED, WAITING, AT_THE_PEN = 4, 1, 2
_TABLES = (("D1", 14), ("D2", 6))  # where a dealer waits for the pen, and since how many minutes
_TABLET = "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
_DESK = "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0"
_RED = (196, 22, 28, 255)


def running(event: Event, staff: Mapping[str, User], now: datetime) -> None:
    """Let the first dealers of the signing order sign, and our director countersign all but the last."""
    folder = current_app.config["SIGNING_DAY_HOME"]
    officer = staff["director@demo.example"]
    countersign.keep_signature(officer, written(officer.name))
    stamp = files.keep(_stamp(event.organizer), folder=folder, name="stamp.png", media_type="image/png")
    countersign.use_stamp(stamp, officer)
    chosen = _chosen(event)
    manager = staff["manager@demo.example"]
    journal.act_as(journal.Actor(manager.name, manager.id))
    with clock.stopped_at(now - timedelta(hours=20)):
        for contract, document in zip(chosen, documents.make_many(chosen), strict=True):
            approval.freeze(contract, document, folder=folder, version=contract.version)
    wall.ensure(event)
    signed, at_the_pen = chosen[: SEALED + WAITING], chosen[SEALED + WAITING :]
    tools = Tools(folder, certificate.ours(current_app.config))
    chance = random.Random(7)  # noqa: S311 - a sample, not a secret
    for contract in chosen:
        _is_here(chance, event, contract, staff["reception@demo.example"], now)
    _wait_at_the_tables(event, now)
    for place, contract in enumerate(signed):
        minutes = 9 if place >= SEALED else 6 * (len(signed) - place) + 12
        at = now - timedelta(minutes=minutes)
        _signed(contract, staff, at)
        if place < SEALED:
            _sealed(contract, officer, tools, at + timedelta(minutes=4), is_up=place != 2)
    for contract, way in zip(at_the_pen, (SigningWay.TABLET, SigningWay.PAPER), strict=False):
        signing, dealer = _opened(contract, staff, now - timedelta(minutes=4), way)
        with clock.stopped_at(now - timedelta(minutes=2)):
            if way is SigningWay.PAPER:
                _on_paper(signing, staff["contracts@demo.example"])
            else:
                sessions.open_page(signing, dealer)
                sessions.read_pages(signing, {"1": 24, "2": 31, "3": 17}, dealer)
    journal.act_as(journal.Actor("demo"))
    db.session.flush()


def _chosen(event: Event) -> Sequence[Contract]:
    """The first approved ones of the signing order who have somebody of ours beside them."""
    statement = (
        select(Contract.id)
        .where(Contract.event_id == event.id, Contract.state == ContractState.APPROVED, Contract.rep_id.is_not(None))
        .order_by(Contract.signing_position.is_(None), Contract.signing_position, Contract.id)
    )
    found = (contracts.contract(contract_id) for contract_id in db.session.scalars(statement).all())
    return list(
        islice(
            (each for each in found if each is not None and _may_have_its_package(each)), SEALED + WAITING + AT_THE_PEN
        )
    )


def _is_here(chance: random.Random, event: Event, contract: Contract, reception: User, now: datetime) -> None:
    """Whoever signs has come through the door before."""
    guest, at = contract.invitation, now - timedelta(minutes=52 + chance.randrange(9))
    if guest is None:
        return
    if guest.state is not InvitationState.ARRIVED:
        arrivals.admit(chance, event, guest, at, reception)
        return
    for arrival in db.session.scalars(select(Arrival).where(Arrival.invitation_id == guest.id)):
        arrival.arrived_at = min(arrival.arrived_at, at)
    for scan in db.session.scalars(select(Scan).where(Scan.invitation_id == guest.id, Scan.verdict == Verdict.ADMIT)):
        scan.scanned_at = min(scan.scanned_at, at)


def _wait_at_the_tables(event: Event, now: datetime) -> None:
    """Two dealers have agreed at their table and wait for the pen."""
    statement = (
        select(Contract)
        .join(Invitation, Invitation.id == Contract.invitation_id)
        .where(Contract.event_id == event.id, Contract.state == ContractState.APPROVED)
        .where(Contract.document_id.is_(None), Invitation.state == InvitationState.ARRIVED)
        .where(Invitation.id.not_in(select(Talk.invitation_id)))
        .order_by(Contract.signing_position.is_(None), Contract.signing_position, Contract.id)
        .limit(len(_TABLES))
    )
    for (table, minutes), contract in zip(_TABLES, db.session.scalars(statement), strict=False):
        talk = Talk(event_id=event.id, invitation_id=contract.invitation_id, host_id=contract.rep_id)
        talk.table_label, talk.state, talk.since = table, TalkState.AGREED, now - timedelta(minutes=minutes)
        db.session.add(talk)


def _may_have_its_package(contract: Contract) -> bool:
    package = contract.package
    if package is None:
        return True
    if package.stock is not None:  # as many as sign today, and a few more
        package.stock = max(package.stock, package.taken + SEALED + WAITING + AT_THE_PEN + 3)
    return objection(packages.facts_of(package), clock.now(), packages.first_order_of(contract)) is None


def _opened(
    contract: Contract, staff: Mapping[str, User], at: datetime, way: SigningWay = SigningWay.TABLET
) -> tuple[Signing, Witness]:
    """The gate opened, the pen given and the signatory's paper seen; and the dealer as a witness of what follows."""
    host = contract.rep or staff["rep@demo.example"]
    journal.act_as(journal.Actor(host.name, host.id, "192.168.8.21"))
    contract.signatory = contract.signatory or contract.dealer.contact
    for point in gates.gate(contract).missing:
        reason = "原件现场已核对，会后补录"
        manager = staff["manager@demo.example"]
        values = {"point": point.point.value, "reason": reason, "by_id": manager.id, "at": at - timedelta(minutes=3)}
        db.session.add(GateOverride(contract_id=contract.id, **values))
    db.session.flush()
    beside = Witness(host.name, host.name, "192.168.8.21", _TABLET)
    with clock.stopped_at(at):
        signing = sessions.open_signing(contract, way, host)
        sessions.see_identity(signing, IdentityPaper.ID_CARD, f"{contract.id * 37 % 9000 + 1000}", host, beside)
    return signing, Witness(contract.signatory, host.name, "192.168.8.21", _TABLET)


def _signed(contract: Contract, staff: Mapping[str, User], at: datetime) -> None:
    """One sitting: the gate opened, the paper seen, every page read, and the pen."""
    signing, dealer = _opened(contract, staff, at - timedelta(minutes=6))
    with clock.stopped_at(at - timedelta(minutes=5)):
        sessions.open_page(signing, dealer)
    pages = {str(page): 11 + page * 7 % 20 for page in range(1, contract.document_pages + 1)}
    with clock.stopped_at(at):
        client_id = sha256(f"demo-{contract.id}".encode()).hexdigest()[:36]
        sent = Sent(client_id, written(contract.signatory), pages, at, may_show=True)
        sessions.sign(signing, sent, dealer, sends_codes=False)


def _on_paper(signing: Signing, clerk: User) -> None:
    """Printed, and three of its pages brought in: one is right, one comes back, one is still to be compared."""
    contract, folder = signing.contract, current_app.config["SIGNING_DAY_HOME"]
    host = Witness(signing.host.name if signing.host else "", "", "192.168.8.21", _TABLET)
    paper.print_out(signing, host)
    assert contract.document is not None
    printed = with_codes(files.read(contract.document, folder=folder), contract.number or "")
    pages = [Page(_jpeg(printed, number), contract.number, number) for number in (1, 2, 3)]
    paper.receive(signing, pages, signing.host or clerk, host, folder=folder)
    db.session.flush()
    first, second, _third = scans_of(contract)
    at_desk = Witness(clerk.name, "", "192.168.8.6", _DESK)
    paper.judge(contract, first, clerk, at_desk, is_accepted=True, reason="")
    paper.judge(contract, second, clerk, at_desk, is_accepted=False, reason="右下角被手指挡住，请重拍")


def _jpeg(printed: bytes, page: int) -> bytes:
    target = BytesIO()
    pdf_picture.page_image(printed, page, width=1100).convert("RGB").save(target, "JPEG", quality=70)
    return target.getvalue()


def _sealed(contract: Contract, officer: User, tools: Tools, at: datetime, *, is_up: bool) -> None:
    kept = queries.signature_of(officer.id)
    assert kept is not None
    with clock.stopped_at(at):
        journal.act_as(journal.Actor(officer.name, officer.id, "192.168.8.5"))
        witness = Witness(officer.name, "", "192.168.8.5", _DESK)
        key = sha256(f"demo-officer-{contract.id}".encode()).hexdigest()[:36]
        made = making.make(contract, Pen(key, list(kept.strokes), officer, "总经理", witness), tools)
        countersign.countersign(contract, made, tools.folder)
        entry = db.session.get(WallEntry, contract.id)
        if entry is not None and is_up:
            entry.released_at = at + timedelta(seconds=50)


def written(name: str) -> Strokes:
    """Strokes that look like a name written quickly with a finger; the same name gives the same ones."""
    chance = random.Random(name)  # noqa: S311 - a sample, not a secret
    strokes: Strokes = []
    time = 0
    for place in range(max(2, min(len(name), 3))):
        left, top = 40 + place * 130, 60 + chance.randrange(-14, 14)
        for _ in range(chance.randrange(4, 7)):
            x, y = left + chance.randrange(0, 70), top + chance.randrange(0, 90)
            dx, dy = chance.choice([(70, -8), (10, 80), (-45, 60), (55, 50), (28, 18)])
            bend = chance.uniform(-16, 16)
            points = []
            for step in range(14):
                share = step / 13
                time += 12
                across = sin(share * pi) * bend
                points.append((round(x + dx * share + across), round(y + dy * share + across / 2), time, 50))
            strokes.append(points)
            time += 90
    tail = [(40 + round(step * 17), 190 + round(8 * sin(step / 2)), time + step * 10, 45) for step in range(22)]
    return [[list(point) for point in stroke] for stroke in (*strokes, tail)]  # type: ignore[misc]


def _stamp(company: str) -> bytes:
    """A round red stamp with a star, as companies have; it is only a picture."""
    size = 600
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((12, 12, size - 12, size - 12), outline=_RED, width=16)
    star = []
    for point in range(10):
        reach, angle = (110 if point % 2 == 0 else 44), -pi / 2 + point * pi / 5
        star.append((size / 2 + reach * cos(angle), size / 2 - 20 + reach * sin(angle)))
    pen.polygon(star, fill=_RED)
    face = ImageFont.truetype(str(fonts.shipped_file("Bold")), 46)
    letters = company[:16]
    for number, letter in enumerate(letters):
        angle = pi * (0.9 + 1.2 * (number + 0.5) / max(len(letters), 1))
        tile = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
        ImageDraw.Draw(tile).text((40, 40), letter, font=face, fill=_RED, anchor="mm")
        tile = tile.rotate(-(angle * 180 / pi + 90), resample=Image.Resampling.BICUBIC)
        x, y = size / 2 + 228 * cos(angle), size / 2 + 228 * sin(angle)
        picture.alpha_composite(tile, (round(x - 40), round(y - 40)))
    pen.text((size / 2, size - 130), "合同专用章", font=face, fill=_RED, anchor="mm")
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
