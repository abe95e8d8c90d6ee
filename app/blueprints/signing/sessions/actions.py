"""What happens in a sitting. Each action writes its step of the audit trail in the same transaction."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import clock, journal, outbox
from app.blueprints.contracts import actions as contracts
from app.blueprints.signing import trail
from app.blueprints.signing.rules import progress, strokes
from app.blueprints.signing.sessions import queries
from app.blueprints.signing.trail import Witness
from app.blueprints.territories import actions as territories
from app.blueprints.territories.packages import actions as packages
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import (
    Channel,
    Contract,
    ContractState,
    File,
    IdentityPaper,
    Mark,
    Party,
    Signing,
    SigningWay,
    StepKind,
    User,
    WallEntry,
)
from app.tokens import digest, new_link_token


class AlreadySigned(SigningDayError):
    """The dealer's mark is there; there is never a second one."""

    code = "already_signed"
    sentence = N_("This contract has been signed already.")


@dataclass(frozen=True)
class Sent:
    """A mark as the device sends it. `client_id` is made there, so that sending it again changes nothing."""

    client_id: str
    strokes: Any
    pages_read: Any
    device_at: datetime | None
    may_show: bool  # on the wall in the hall


def open_signing(contract: Contract, way: SigningWay, host: User) -> Signing:
    """Give the pen: the contract is being signed from now on, and only the newest link opens it.

    Raises whatever stands in the way: the readiness gate, or a state that does not allow it.
    """
    if contract.state is not ContractState.SIGNING:
        contracts.start_signing(contract)
    now = clock.now()
    before = queries.open_of(contract, now)
    signing = Signing(
        contract=contract,
        token=new_link_token(),
        way=way,
        host_id=host.id,
        opened_at=now,
        expires_at=now + progress.LASTS,
        document_sha256=contract.document.sha256 if contract.document else "",
        code_mobile=contract.signatory_mobile,
    )
    if before is not None:
        before.closed_at = now
        signing.identity_paper, signing.identity_last4 = before.identity_paper, before.identity_last4
        signing.identity_seen_at, signing.identity_seen_by_id = before.identity_seen_at, before.identity_seen_by_id
        signing.stamp_id = before.stamp_id
    db.session.add(signing)
    db.session.flush()
    return signing


def see_identity(signing: Signing, paper: IdentityPaper, last4: str, host: User, witness: Witness) -> None:
    """Record that the host has seen the signatory's paper. Only its kind and last four characters are kept."""
    signing.identity_paper = paper
    signing.identity_last4 = last4.upper()
    signing.identity_seen_at = clock.now()
    signing.identity_seen_by_id = host.id
    trail.write(signing.contract, StepKind.IDENTITY_SEEN, witness, paper=paper.value, last4=signing.identity_last4)


def bring_stamp(signing: Signing, picture: File | None) -> None:
    """Keep the picture of the dealer's company stamp, to stand beside the signature."""
    signing.stamp_id = picture.id if picture else None


def open_page(signing: Signing, witness: Witness) -> None:
    """Record that the document was opened. It is written once a sitting."""
    if signing.begun_at is not None:
        return
    signing.begun_at = clock.now()
    trail.write(signing.contract, StepKind.OPENED, witness, way=signing.way.value, before=signing.document_sha256)


def read_pages(signing: Signing, sent: Any, witness: Witness) -> None:
    """Record how long each page was in front of the reader, in seconds. A page gets its step once."""
    news = progress.read_pages(sent, signing.contract.document_pages)
    for page, seconds in news.items():
        if page not in signing.pages_read:
            trail.write(signing.contract, StepKind.PAGE_READ, witness, page=int(page), seconds=seconds)
    known: Mapping[str, int] = signing.pages_read
    signing.pages_read = {**known, **{page: max(seconds, known.get(page, 0)) for page, seconds in news.items()}}


def send_code(signing: Signing, text: str, locale: str, witness: Witness) -> None:
    """Send six digits to the signatory's phone; `text` has their place as `{code}`.

    Of the code only a digest is kept with the signing. The message in the outbox holds it until it is sent.
    """
    now = clock.now()
    progress.check_code_may_go(now, signing.code_sent_at, signing.codes_sent)
    code = f"{secrets.randbelow(1_000_000):06d}"
    signing.code_digest = digest(f"{signing.token}:{code}")
    signing.code_sent_at, signing.code_tries = now, 0
    signing.codes_sent += 1
    outbox.post(
        key=f"signing_code:{signing.id}:{signing.codes_sent}",
        template="signing_code",
        channel=Channel.SMS,
        address=signing.code_mobile,
        locale=locale,
        subject="",
        text=text.replace("{code}", code),
        event_id=signing.contract.event_id,
    )
    trail.write(signing.contract, StepKind.CODE_SENT, witness, phone=signing.code_mobile[-4:])


def pass_code(signing: Signing, typed: str, witness: Witness) -> SigningDayError | None:
    """Check the code; None when it is right. A wrong one is returned, not raised: the try must be recorded."""
    now = clock.now()
    is_right = hmac.compare_digest(digest(f"{signing.token}:{typed}"), signing.code_digest)
    try:
        progress.check_code(now, signing.code_sent_at, signing.code_tries, is_right=is_right)
    except SigningDayError as fault:
        signing.code_tries += 1
        trail.write(signing.contract, StepKind.CODE_REFUSED, witness, why=fault.code)
        return fault
    signing.code_passed_at, signing.code_digest = now, ""
    trail.write(signing.contract, StepKind.CODE_PASSED, witness, phone=signing.code_mobile[-4:])
    return None


def sign(signing: Signing, sent: Sent, witness: Witness, *, sends_codes: bool) -> Mark:
    """Take the dealer's mark: contract signed, territory signed, trail written, or nothing at all of it.

    Sending the same mark again returns the one that is there. Two devices that sign at the same instant are told apart
    by the unique row of the contract's mark.

    Raises what `strokes.read` and `progress.check_pen` do, `AlreadySigned`, and `TerritoryTaken` when another dealer's
    exclusive territory was signed in the meantime.
    """
    contract = signing.contract
    contracts.lock(contract)
    known = queries.mark_by_client(sent.client_id)
    if known is not None and known.contract_id == contract.id:
        return known
    read_pages(signing, sent.pages_read, witness)
    facts = queries.facts(signing, clock.now(), sends_codes=sends_codes)
    if facts.is_signed:
        raise AlreadySigned
    progress.check_pen(facts)
    mark = _mark(signing, sent, witness)
    complete(signing, mark, witness, may_show=sent.may_show)
    return mark


def complete(signing: Signing, mark: Mark, witness: Witness, *, may_show: bool, after: str = "") -> None:
    """Store the dealer's mark and all that follows from it at once: territory, state, trail, and the wall asked for."""
    contract = signing.contract
    _keep(mark)
    territories.sign(contract, at=mark.signed_at)
    if contract.package is not None:
        packages.take(contract.package, contract)
    contracts.dealer_signed(contract, at=mark.signed_at)
    signing.closed_at = mark.signed_at
    facts = {"way": mark.way.value, "strokes": len(mark.strokes or [])}
    trail.write(contract, StepKind.DEALER_SIGNED, witness, before=signing.document_sha256, after=after, **facts)
    _ask_for_the_wall(contract, is_consented=may_show)


def _mark(signing: Signing, sent: Sent, witness: Witness) -> Mark:
    return Mark(
        contract_id=signing.contract_id,
        party=Party.DEALER,
        client_id=sent.client_id,
        signing_id=signing.id,
        way=signing.way,
        name=signing.contract.signatory,
        title=signing.contract.signatory_title,
        strokes=[list(stroke) for stroke in strokes.read(sent.strokes)],
        stamp_id=signing.stamp_id,
        document_sha256=signing.document_sha256,
        signed_at=clock.now(),
        device_at=sent.device_at,
        address=witness.address[:45],
        device=witness.device[:200],
    )


def _keep(mark: Mark) -> None:
    """Flush the mark; the unique row turns the second of two simultaneous ones away."""
    try:
        with db.session.begin_nested():
            db.session.add(mark)
    except IntegrityError as fault:
        raise AlreadySigned from fault


def _ask_for_the_wall(contract: Contract, *, is_consented: bool) -> None:
    if contract.event_id is None:
        return
    db.session.merge(
        WallEntry(
            contract_id=contract.id,
            event_id=contract.event_id,
            name=(contract.dealer.company_key or contract.dealer.company)[:40],
            city=contract.dealer.city,
            is_consented=is_consented,
        )
    )


def give_up(signing: Signing, witness: Witness) -> None:
    """Take the pen back: the contract waits, approved, for another try."""
    signing.closed_at = clock.now()
    contracts.give_up_signing(signing.contract)
    trail.write(signing.contract, StepKind.GIVEN_UP, witness)
    journal.record("contract.signing_given_up", signing.contract, changes={})
