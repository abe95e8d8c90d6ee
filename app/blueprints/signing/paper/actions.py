"""What happens to a contract signed on paper. The dealer counts as having signed when every page was accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app import clock, files, tokens
from app.blueprints.contracts import actions as contracts
from app.blueprints.signing import trail
from app.blueprints.signing.paper import pictures, queries
from app.blueprints.signing.paper.pictures import Page
from app.blueprints.signing.rules import paper as rules
from app.blueprints.signing.rules.progress import IdentityNotSeen
from app.blueprints.signing.sessions import actions as sessions
from app.blueprints.signing.trail import Witness
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Contract, Mark, PaperScan, Party, Signing, SigningWay, StepKind, User


class NotOnPaper(SigningDayError):
    """The contract is not being signed on paper."""

    code = "not_on_paper"
    sentence = N_("This contract is not being signed on paper.")


@dataclass
class Received:
    """What came of an upload: pages taken, and pages without a code that somebody has to place."""

    taken: list[int] = field(default_factory=list)
    foreign: int = 0  # of another contract
    unplaced: int = 0  # no code found, and no page said


def check_on_paper(signing: Signing | None) -> Signing:
    """Return the signing when it is one on paper, else raise `NotOnPaper`."""
    if signing is None or signing.way is not SigningWay.PAPER:
        raise NotOnPaper
    return signing


def print_out(signing: Signing, witness: Witness) -> None:
    """Record that the document was printed for the pen."""
    trail.write(signing.contract, StepKind.PAPER_PRINTED, witness, before=signing.document_sha256)


def receive(
    signing: Signing, pages: list[Page], by: User, witness: Witness, *, folder: Path, page: int | None = None
) -> Received:
    """Keep scanned pages. The code on each says which page it is; `page` places those without one."""
    contract, received = signing.contract, Received()
    for each in pages:
        if each.number is not None and each.number != contract.number:
            received.foreign += 1
            continue
        at = each.page if each.number is not None else page
        if at is None or not 1 <= at <= contract.document_pages:
            received.unplaced += 1
            continue
        file = files.keep(
            each.jpeg, folder=folder, name=f"{contract.number}-{at}.jpg", media_type="image/jpeg", by_id=by.id
        )
        db.session.add(
            PaperScan(contract_id=contract.id, page=at, file_id=file.id, received_at=clock.now(), received_by_id=by.id)
        )
        trail.write(contract, StepKind.PAPER_RECEIVED, witness, after=file.sha256, page=at)
        received.taken.append(at)
    return received


def judge(contract: Contract, scan: PaperScan, by: User, witness: Witness, *, is_accepted: bool, reason: str) -> None:
    """Accept a page or return it with a reason."""
    scan.is_accepted, scan.reason = is_accepted, "" if is_accepted else reason
    scan.checked_at, scan.checked_by_id = clock.now(), by.id
    kind = StepKind.PAPER_CHECKED if is_accepted else StepKind.PAPER_RETURNED
    trail.write(
        contract, kind, witness, before=scan.file.sha256, page=scan.page, **({} if is_accepted else {"why": reason})
    )


def finish(signing: Signing, witness: Witness, *, folder: Path, may_show: bool) -> Mark:
    """Take the paper for signed: mark, territory and state in one transaction.

    The mark's picture is the whole of the accepted pages as one PDF: that is what our officer seals. Raises
    `PagesMissing`, `IdentityNotSeen`, `AlreadySigned` and what stands against the territory.
    """
    contract = signing.contract
    contracts.lock(contract)
    scans = queries.scans_of(contract)
    rules.check_whole(contract.document_pages, queries.facts(scans))
    if signing.identity_seen_at is None:
        raise IdentityNotSeen
    now = clock.now()
    by_page: Mapping[int, PaperScan] = queries.newest(scans)
    jpegs = [files.read(by_page[page].file, folder=folder) for page in range(1, contract.document_pages + 1)]
    whole = files.keep(
        pictures.document(jpegs), folder=folder, name=f"{contract.number}.pdf", media_type="application/pdf"
    )
    mark = Mark(
        contract_id=contract.id,
        party=Party.DEALER,
        client_id=tokens.new_link_token(),
        signing_id=signing.id,
        way=SigningWay.PAPER,
        name=contract.signatory,
        title=contract.signatory_title,
        picture_id=whole.id,
        document_sha256=signing.document_sha256,
        signed_at=now,
        address=witness.address[:45],
        device=witness.device[:200],
    )
    sessions.complete(signing, mark, witness, after=whole.sha256, may_show=may_show)
    return mark
