"""The pages of a contract: title, parties, clauses, tables, and the page it is signed on. Nothing is stored here."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app import links, pdf, qr
from app.blueprints.contracts.document import queries
from app.blueprints.contracts.document.queries import Ready
from app.blueprints.contracts.document.rules import filling, words
from app.blueprints.contracts.document.rules.filling import FilledDocument
from app.blueprints.contracts.document.rules.words import COLON, ZH, Pair, both
from app.blueprints.contracts.document.sources import SIGNATORIES, Company, Facts
from app.models import Contract, Party
from app.phones import national

_TEMPLATE: Final = "contracts/print/contract.html"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its lower left corner; `page` counts from 0."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Document:
    """A drawn contract. `boxes` is where each party's mark goes; `fields` names every box of the signature page.

    The fields are `dealer` and `company` (the mark), and of each `.stamp`, `.name`, `.title` and `.date`.
    """

    pdf: bytes
    pages: int
    boxes: dict[Party, Box]
    fields: dict[str, Box]


@dataclass(frozen=True, slots=True)
class Row:
    """One line about a party."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party as the first page and the signature page name it."""

    key: str
    role: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the clauses."""

    number: str  # "": a draft, which says so on every page
    parties: tuple[PartyShown, ...]
    address: str = ""  # of the verification page


def make(contract: Contract) -> Document:
    """Draw the document of a contract. Raises ValuesMissing, ValueUnreadable, or what is wrong with the template."""
    return make_many([contract])[0]


def make_many(contracts: Sequence[Contract]) -> list[Document]:
    """Draw many: the same, with what they share looked up once."""
    return [_drawn(ready) for ready in queries.gathered(contracts)]


def _drawn(ready: Ready) -> Document:
    version = ready.contract.template_version
    filled = filling.fill(version, ready.values)
    return read(pdf.render_with_fields(page_html(filled, frame_of(ready.facts, filled.languages))))


def read(layout: pdf.Layout) -> Document:
    """Return a drawn document with the boxes of its signature page."""
    return Document(layout.pdf, len(layout.pages), *_boxes(layout.pages))


def reread(content: bytes) -> Document:
    """Return a document that was drawn and kept, with the same boxes. One that is not ours has none."""
    pages = pdf.fields_of(content)
    return Document(content, len(pages), *_boxes(pages))


def _boxes(pages: Sequence[pdf.LaidPage]) -> tuple[dict[Party, Box], dict[str, Box]]:
    fields = {
        field.name: Box(number, field.x, field.y, field.width, field.height)
        for number, page in enumerate(pages)
        for field in page.fields
    }
    return {party: fields[party.value] for party in Party if party.value in fields}, fields


def frame_of(facts: Facts, languages: Sequence[str]) -> Frame:
    """Return number, address and parties of a contract."""
    number = facts.contract.number or ""
    return Frame(
        number,
        (_company(facts.company, languages), _dealer(facts, languages)),
        links.verification_page(number) if number else "",
    )


def sample_frame(languages: Sequence[str]) -> Frame:
    """Return the frame of a preview without a contract: our own name, and a dealer who does not exist."""
    ours = _company(queries.company(), languages)
    rows = [(words.REGISTRATION, "—"), (words.ADDRESS, "—"), (words.REPRESENTATIVE, "—")]
    theirs = words.SAMPLE_DEALER.inside(languages[0])
    return Frame("", (ours, _party("dealer", words.PARTY_B, theirs, rows, languages)))


def page_html(filled: FilledDocument, frame: Frame, sheets: Sequence[str] = ("print/contract.css",)) -> str:
    """Return the document as HTML: what WeasyPrint lays out, or with other style sheets what a screen shows."""
    code = "data:image/png;base64," + b64encode(qr.png(frame.address, scale=4)).decode("ascii") if frame.address else ""
    return pdf.page_html(
        _TEMPLATE,
        filled.languages[0],
        doc=filled,
        frame=frame,
        code=code,
        w=_words(filled.languages),
        colon=COLON.inside(filled.languages[0]),
        sheets=sheets,
    )


def _words(languages: Sequence[str]) -> dict[str, str]:
    """The words that every document has, in its language or in both."""
    return {key: both(pair, languages) for key, pair in words.FRAME.items()}


def _company(company: Company, languages: Sequence[str]) -> PartyShown:
    rows = [
        (words.REGISTRATION, company.credit_code),
        (words.ADDRESS, company.address),
        (words.REPRESENTATIVE, company.representative),
    ]
    return _party("company", words.PARTY_A, company.name, rows, languages)


def _dealer(facts: Facts, languages: Sequence[str]) -> PartyShown:
    contract, dealer = facts.contract, facts.contract.dealer
    right = SIGNATORIES[contract.signatory_kind]
    signatory = contract.signatory
    if signatory:
        kind = right.text if languages[0] == ZH else right.text_en
        comma = "，" if languages[0] == ZH else ", "
        signatory = comma.join(part for part in (signatory, contract.signatory_title or kind) if part)
    mobile = national(dealer.mobile) if dealer.mobile else ""
    rows = [
        (words.REGISTRATION, facts.licence),
        (words.ADDRESS, dealer.address or f"{dealer.province}{dealer.city}"),
        (words.SIGNATORY, signatory),
        (words.CONTACT, f"{dealer.contact} {mobile}".strip()),
    ]
    return _party("dealer", words.PARTY_B, dealer.company, rows, languages)


def _party(key: str, role: Pair, name: str, rows: Sequence[tuple[Pair, str]], languages: Sequence[str]) -> PartyShown:
    shown = tuple(Row(both(label, languages), text) for label, text in rows if text)
    return PartyShown(key, both(role, languages), name, shown)
