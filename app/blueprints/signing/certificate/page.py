"""The certificate page: who signed what, when, where and with what, a row for every step, the worth of the seal."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app import clock, links, pdf, qr
from app.blueprints.contracts.document.rules.filling import LANGUAGES
from app.blueprints.signing.certificate import words
from app.blueprints.signing.rules import strokes
from app.models import Contract, Mark, Party, Signing, Step, StepKind
from app.sealing.certificate import Certificate
from app.texts import gettext

_TEMPLATE: Final = "signing/print/certificate.html"
ZONE: Final = "Asia/Shanghai"  # of contracts without an event


@dataclass(frozen=True, slots=True)
class Ink:
    """A signature as it was written: the path of an SVG, and its box."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Signer:
    """One party's mark as the page tells it."""

    party: Party
    company: str
    name: str
    title: str
    at: str
    facts: list[str]
    ink: Ink | None  # none on paper


@dataclass(frozen=True, slots=True)
class Line:
    """One step. `device` and `before`, `after` are letters and numbers of the lists below the table."""

    at: str
    what: str
    detail: str
    who: str
    host: str
    address: str
    device: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps with what they have in common said once: devices by letter, digests by number."""

    lines: list[Line]
    devices: list[tuple[str, str]]
    digests: list[tuple[str, str]]

    @property
    def offset(self) -> str:
        """ " UTC+08:00" when every line has that offset: then it is said once. Else ""."""
        return _offset_of_all([line.at for line in self.lines])


@dataclass(frozen=True, slots=True)
class Sources:
    """What a certificate page is made of."""

    contract: Contract
    company: str
    marks: Sequence[Mark]
    steps: Sequence[Step]
    signing: Signing | None
    certificate: Certificate
    has_boxes: bool  # the document has a place for the marks; else they stand on a page of their own here
    has_timestamp: bool


def zone_of(contract: Contract) -> str:
    """Return the time zone a contract's days are counted in."""
    return contract.event.time_zone if contract.event else ZONE


def language_of(contract: Contract) -> str:
    """Return the language that prevails in a contract."""
    return LANGUAGES[contract.template_version.language][0]


def moment(at: datetime, zone: str) -> str:
    """2026-11-24 10:32:07 UTC+08:00."""
    local = clock.local(at, zone)
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:]}"


def drawn(sources: Sources) -> pdf.Layout:
    """Lay the pages out. The field `seal` is where the seal shows."""
    language = language_of(sources.contract)
    contract, zone = sources.contract, zone_of(sources.contract)
    signers = [_signer(sources, mark, language, zone) for mark in sources.marks]
    steps = trail(in_one(sources.steps), language)
    offset = _offset_of_all([signer.at for signer in signers] + [line.at for line in steps.lines])
    address = links.verification_page(contract.number or "")
    html = pdf.page_html(
        _TEMPLATE,
        language,
        contract=contract,
        company=sources.company,
        signers=signers,
        trail=steps,
        zone=zone,
        offset=offset,
        address=address,
        code="data:image/png;base64," + b64encode(qr.png(address, scale=4)).decode("ascii"),
        certificate=sources.certificate,
        has_boxes=sources.has_boxes,
        has_timestamp=sources.has_timestamp,
    )
    return pdf.render_with_fields(html)


def _offset_of_all(moments: Sequence[str]) -> str:
    """Return what the moments have in common behind their time, else "": then each says its own."""
    offsets = {each[each.rindex(" UTC") :] for each in moments}
    return offsets.pop() if len(offsets) == 1 else ""


def trail(steps: Sequence[Step], language: str) -> Trail:
    """Return the rows of a trail, in order."""
    devices: dict[str, str] = {}
    digests: dict[str, str] = {}

    def letter(device: str) -> str:
        return devices.setdefault(device, _letter(len(devices))) if device else ""

    def number(digest: str) -> str:
        return digests.setdefault(digest, f"#{len(digests) + 1}") if digest else ""

    def line(step: Step) -> Line:
        said = words.detail(step.kind, step.detail, lambda text, **places: gettext(language, text, **places))
        return Line(
            moment(step.at, step.time_zone or ZONE),
            gettext(language, words.STEPS[step.kind]),
            said,
            step.actor,
            step.host if step.host != step.actor else "",
            step.address,
            letter(step.device),
            number(step.sha256_before),
            number(step.sha256_after),
        )

    lines = [line(step) for step in steps]
    return Trail(lines, _turned(devices), _turned(digests))


def in_one(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with the pages that one person read in one go as a single one, in no session.

    A sheet of paper has no room for forty lines that say the same; the evidence package holds each page by itself.
    """
    found: list[Step] = []
    for step in steps:
        last = found[-1] if found else None
        if last is not None and _go_together(last, step):
            pages = [*last.detail["pages"], step.detail["page"]]
            seconds = last.detail["seconds"] + step.detail.get("seconds", 0)
            found[-1] = _read(step, pages, seconds)
        elif step.kind is StepKind.PAGE_READ and "page" in step.detail:
            found.append(_read(step, [step.detail["page"]], step.detail.get("seconds", 0)))
        else:
            found.append(step)
    return found


def _go_together(last: Step, step: Step) -> bool:
    both = last.kind is StepKind.PAGE_READ and step.kind is StepKind.PAGE_READ
    same = (last.actor, last.host, last.address, last.device) == (step.actor, step.host, step.address, step.device)
    return both and same and "pages" in last.detail and "page" in step.detail


def _read(step: Step, pages: list[int], seconds: int) -> Step:
    kept = ("kind", "at", "time_zone", "actor", "host", "address", "device", "sha256_before", "sha256_after")
    return Step(**{name: getattr(step, name) for name in kept}, detail={"pages": pages, "seconds": seconds})


def _turned(names: dict[str, str]) -> list[tuple[str, str]]:
    return [(mark, text) for text, mark in names.items()]


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"A{number - 25}"


def _signer(sources: Sources, mark: Mark, language: str, zone: str) -> Signer:
    def said(text: str, **places: object) -> str:
        return gettext(language, text, **places)

    facts = [said(words.WAYS[mark.way])]
    signing = sources.signing
    is_dealer = mark.party is Party.DEALER
    if is_dealer and signing is not None and signing.identity_paper is not None:
        paper = said(words.PAPERS[signing.identity_paper])
        facts.append(said(words.PAPER_ENDING, paper=paper, last4=signing.identity_last4))
    if is_dealer and signing is not None and signing.code_passed_at is not None:
        facts.append(said(words.PHONE_ENDING, phone=signing.code_mobile[-4:]))
    facts += [mark.address] if mark.address else []
    company = sources.contract.dealer.company if is_dealer else sources.company
    return Signer(mark.party, company, mark.name, mark.title, moment(mark.signed_at, zone), facts, _ink(mark))


def _ink(mark: Mark) -> Ink | None:
    if not mark.strokes:
        return None
    box = strokes.extent(mark.strokes)
    return Ink(strokes.path(mark.strokes), box.width, box.height)
