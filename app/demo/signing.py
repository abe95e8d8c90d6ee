"""The signings of the sample's running conference: some sealed in earnest, one waiting for our officer, the wall up."""

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

from app import clock, files, fonts, journal
from app.blueprints.contracts import queries as contracts
from app.blueprints.contracts.approval import actions as approval
from app.blueprints.contracts.document import print as documents
from app.blueprints.contracts.gate import queries as gates
from app.blueprints.signing.countersign import actions as countersign
from app.blueprints.signing.countersign import making, queries
from app.blueprints.signing.countersign.making import Pen, Tools
from app.blueprints.signing.rules.strokes import Strokes
from app.blueprints.signing.sessions import actions as sessions
from app.blueprints.signing.sessions.actions import Sent
from app.blueprints.signing.trail import Witness
from app.blueprints.signing.wall import actions as wall
from app.blueprints.territories.packages import queries as packages
from app.blueprints.territories.rules.packages import objection
from app.extensions import db
from app.models import Contract, ContractState, Event, GateOverride, IdentityPaper, SigningWay, User, WallEntry
from app.sealing import certificate

SEALED, WAITING = 4, 1
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
    with clock.stopped_at(now - timedelta(hours=20)):
        for contract, document in zip(chosen, documents.make_many(chosen), strict=True):
            approval.freeze(contract, document, folder=folder, version=contract.version)
    wall.ensure(event)
    tools = Tools(folder, certificate.ours(current_app.config))
    for place, contract in enumerate(chosen):
        minutes = 9 if place >= SEALED else 6 * (len(chosen) - place) + 12
        at = now - timedelta(minutes=minutes)
        _signed(contract, staff, at)
        if place < SEALED:
            _sealed(contract, officer, tools, at + timedelta(minutes=4), is_up=place != 2)
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
    return list(islice((each for each in found if each is not None and _may_have_its_package(each)), SEALED + WAITING))


def _may_have_its_package(contract: Contract) -> bool:
    package = contract.package
    if package is None:
        return True
    if package.stock is not None:  # as many as sign today, and a few more
        package.stock = max(package.stock, package.taken + SEALED + WAITING + 3)
    return objection(packages.facts_of(package), clock.now(), packages.first_order_of(contract)) is None


def _signed(contract: Contract, staff: Mapping[str, User], at: datetime) -> None:
    """One sitting: the gate opened, the paper seen, every page read, and the pen."""
    host = contract.rep or staff["rep@demo.example"]
    journal.act_as(journal.Actor(host.name, host.id, "192.168.8.21"))
    contract.signatory = contract.signatory or contract.dealer.contact
    for point in gates.gate(contract).missing:
        reason = "原件现场已核对，会后补录"
        manager = staff["manager@demo.example"]
        values = {"point": point.point.value, "reason": reason, "by_id": manager.id, "at": at - timedelta(minutes=9)}
        db.session.add(GateOverride(contract_id=contract.id, **values))
    db.session.flush()
    beside = Witness(host.name, host.name, "192.168.8.21", _TABLET)
    dealer = Witness(contract.signatory, host.name, "192.168.8.21", _TABLET)
    with clock.stopped_at(at - timedelta(minutes=6)):
        signing = sessions.open_signing(contract, SigningWay.TABLET, host)
        sessions.see_identity(signing, IdentityPaper.ID_CARD, f"{contract.id * 37 % 9000 + 1000}", host, beside)
    with clock.stopped_at(at - timedelta(minutes=5)):
        sessions.open_page(signing, dealer)
    pages = {str(page): 11 + page * 7 % 20 for page in range(1, contract.document_pages + 1)}
    with clock.stopped_at(at):
        client_id = sha256(f"demo-{contract.id}".encode()).hexdigest()[:36]
        sent = Sent(client_id, written(contract.signatory), pages, at, may_show=True)
        sessions.sign(signing, sent, dealer, sends_codes=False)


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
