"""The sealed document of a contract, made in memory: nothing is stored, so it may be made again until it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from app import clock, files, pdf
from app.blueprints.contracts.document import print as documents
from app.blueprints.contracts.document import queries as document_queries
from app.blueprints.signing.certificate import page
from app.blueprints.signing.certificate.stamping import Ink, Marks, Picture, Place, Text, composed, count
from app.blueprints.signing.countersign import queries
from app.blueprints.signing.rules.officers import AlreadyCountersigned, NotSignedYet, check_officer
from app.blueprints.signing.trail import Witness
from app.errors import N_
from app.models import CompanyStamp, Contract, ContractState, File, Mark, Party, SigningWay, Step, StepKind, User
from app.sealing import sealer
from app.sealing.certificate import SealingKey
from app.sealing.timestamps import Server
from app.texts import gettext

_ON_PAPER = N_("Signed on paper, see the pages before")


@dataclass(frozen=True, slots=True)
class Tools:
    """What sealing needs besides the rows: the data folder, the company's key, and a timestamp server or none."""

    folder: Path
    key: SealingKey
    server: Server | None = None


@dataclass(frozen=True, slots=True)
class Pen:
    """How an officer signs. `client_id` is made with the page, so that sending it again changes nothing."""

    client_id: str
    strokes: list[Any]
    officer: User
    title: str
    witness: Witness


@dataclass(frozen=True, slots=True)
class Basis:
    """What a sealed document was made from; when it is stored, that must still stand."""

    dealer_mark_id: int
    document_sha256: str
    stamp_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A sealed document that waits to be stored."""

    basis: Basis
    pen: Pen
    pdf: bytes
    sha256: str
    composed_sha256: str  # with both marks and the certificate page, before it was sealed
    certificate: str
    is_trial: bool
    is_timestamped: bool


def make(contract: Contract, pen: Pen, tools: Tools) -> Made:
    """Make the sealed document. Reads only; takes about half a second of CPU.

    Raises NotSignedYet, AlreadyCountersigned, OfficerIsParty, or whatever keeps the seal from being made.
    """
    dealer, signed = _to_countersign(contract)
    signing = queries.signing_of(dealer)
    check_officer(pen.officer.id, {contract.rep_id, signing.host_id if signing else None})
    at = max(clock.now(), dealer.signed_at)  # a clock that jumps back does not turn the order of the marks round
    tools.key.certificate.check_valid(at)
    stamp = queries.company_stamp()
    ours = _mark(pen, at)
    document = documents.reread(files.read(signed_file(contract, dealer) or signed, folder=tools.folder))
    layout = page.drawn(
        page.Sources(
            contract,
            document_queries.company(contract).name,
            (ours, dealer),
            (*queries.steps_of(contract.id), _step(contract, pen, at)),
            signing,
            tools.key.certificate,
            has_boxes=len(document.boxes) == len(Party),
            has_timestamp=tools.server is not None,
        )
    )
    whole, box = _whole(document, layout, contract, [(ours, stamp), (dealer, None)], tools)
    return _sealed(
        contract, pen, tools, whole, box, Basis(dealer.id, signed.sha256, stamp.file_id if stamp else None, at)
    )


def _to_countersign(contract: Contract) -> tuple[Mark, File]:
    """The dealer's mark, and the document it stands under."""
    if contract.state is not ContractState.SIGNED:
        raise AlreadyCountersigned if queries.seal_of(contract.id) else NotSignedYet
    dealer = queries.marks_of(contract.id).get(Party.DEALER)
    if dealer is None or contract.document is None or dealer.document_sha256 != contract.document.sha256:
        raise NotSignedYet
    return dealer, contract.document


def _sealed(contract: Contract, pen: Pen, tools: Tools, whole: bytes, box: sealer.Box, basis: Basis) -> Made:
    sealed = sealer.seal(
        whole,
        key=tools.key,
        at=basis.at,
        reason=f"{contract.template_version.title} {contract.number}",
        location=contract.event.venue if contract.event else "",
        box=box,
        lines=_lines(contract, tools.key, basis.at),
        server=tools.server,
    )
    return Made(
        basis,
        pen,
        sealed.pdf,
        sealed.sha256,
        sha256(whole).hexdigest(),
        sealed.certificate.fingerprint,
        sealed.certificate.is_trial,
        sealed.timestamp is not None,
    )


def signed_file(contract: Contract, dealer: Mark | None) -> File | None:
    """Return what the dealer has signed: on paper that is the scan of all pages."""
    return dealer.picture if dealer is not None and dealer.picture is not None else contract.document


def _mark(pen: Pen, at: datetime) -> Mark:
    """The officer's mark as the certificate page shows it; in no session."""
    return Mark(
        party=Party.COMPANY,
        way=SigningWay.TABLET,
        name=pen.officer.name,
        title=pen.title,
        strokes=pen.strokes,
        signed_at=at,
        address=pen.witness.address,
        device=pen.witness.device,
    )


def _step(contract: Contract, pen: Pen, at: datetime) -> Step:
    sha = contract.document.sha256 if contract.document else ""
    return Step(
        kind=StepKind.COUNTERSIGNED,
        at=at,
        time_zone=page.zone_of(contract),
        actor=pen.witness.actor,
        host="",
        address=pen.witness.address,
        device=pen.witness.device,
        sha256_before=sha,
        sha256_after="",
        detail={},
    )


def _whole(
    document: documents.Document,
    layout: pdf.Layout,
    contract: Contract,
    marks: Sequence[tuple[Mark, CompanyStamp | None]],
    tools: Tools,
) -> tuple[bytes, sealer.Box]:
    """The document with the marks in their boxes and the certificate behind it, and where its seal shows."""
    pages = count(document.pdf)
    behind = {
        field.name: Place(pages + number, field.x, field.y, field.width, field.height)
        for number, laid in enumerate(layout.pages)
        for field in laid.fields
    }
    before = {name: Place(box.page, box.x, box.y, box.width, box.height) for name, box in document.fields.items()}
    places = before if len(document.boxes) == len(Party) else behind
    inks: list[Ink] = []
    pictures: list[Picture] = []
    texts: list[Text] = []
    for mark, stamp in marks:
        party = mark.party.value
        if mark.strokes:
            inks.append(Ink(places[party], mark.strokes))
        picture = stamp.file if stamp else mark.stamp
        if picture is not None and f"{party}.stamp" in places:
            pictures.append(Picture(places[f"{party}.stamp"], files.read(picture, folder=tools.folder)))
        if mark.way is SigningWay.PAPER:
            texts.append(Text(places[party], gettext(page.language_of(contract), _ON_PAPER)))
        for name, text in (("name", mark.name), ("title", mark.title), ("date", _day(mark, contract))):
            if place := places.get(f"{party}.{name}"):
                texts.append(Text(place, text))
    seal = behind["seal"]
    whole = composed(document.pdf, layout.pdf, Marks(inks, pictures, texts))
    return whole, sealer.Box(seal.page, seal.x, seal.y, seal.width, seal.height)


def _day(mark: Mark, contract: Contract) -> str:
    local = clock.local(mark.signed_at, page.zone_of(contract))
    if page.language_of(contract) == "zh_CN":
        return f"{local.year}年{local.month}月{local.day}日"
    return local.strftime("%Y-%m-%d")


def _lines(contract: Contract, key: SealingKey, at: datetime) -> list[str]:
    """What the visible seal says."""
    language = page.language_of(contract)
    lines = [
        gettext(language, N_("Electronically sealed")),
        key.certificate.organization or key.certificate.name,
        page.moment(at, page.zone_of(contract)),
        contract.number or "",
    ]
    return (
        [*lines, gettext(language, N_("For trials only, not from a licensed CA"))]
        if key.certificate.is_trial
        else lines
    )
