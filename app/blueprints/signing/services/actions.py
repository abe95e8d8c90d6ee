"""What a signing service brings back: both marks, its own document as the sealed one, and all that follows."""

from hashlib import sha256
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from app import clock, files
from app.blueprints.contracts import actions as contracts
from app.blueprints.signing import trail
from app.blueprints.signing.countersign import actions as countersign
from app.blueprints.signing.countersign import queries
from app.blueprints.signing.rules.progress import SigningOver
from app.blueprints.signing.rules.service_calls import Call, CallState, NotThisDocument
from app.blueprints.signing.services.client import Remote
from app.blueprints.signing.sessions import actions as sessions
from app.blueprints.signing.trail import Witness
from app.extensions import db
from app.models import Contract, Mark, Party, Seal, ServiceCall, Signing, SigningWay, StepKind, User


def hand_over(contract: Contract, host: User, remote: Remote, token: str) -> Signing:
    """Record that the service has the document. The gate is checked once more, as for every pen."""
    signing = sessions.open_signing(contract, SigningWay.SERVICE, host)
    signing.token, signing.remote_id, signing.remote_url = token, remote.id, remote.url
    db.session.flush()
    return signing


def settle(signing: Signing, call: Call, signed: bytes, service: str, folder: Path) -> Seal | None:
    """Take what the service says, once: a call that came before changes nothing.

    `signed` is its document when the state is "signed", else empty. Raises NotThisDocument, SigningOver when the pen
    was given to somebody else since, and whatever stands against the territory; nothing has changed then.
    """
    contract = signing.contract
    contracts.lock(contract)
    if not _is_new(signing, call) or (seal := queries.seal_of(contract.id)) is not None:
        return queries.seal_of(contract.id)
    witness = Witness(actor=call.signer or contract.signatory, address=call.address, device=service)
    if signing.closed_at is not None or contract.document is None:
        raise SigningOver
    if call.state is not CallState.SIGNED:
        sessions.give_up(signing, Witness(actor=service, device=call.state.value))
        return None
    if call.document_sha256 != signing.document_sha256 or call.document_sha256 != contract.document.sha256:
        raise NotThisDocument
    if sha256(signed).hexdigest() != call.signed_sha256 or not signed.startswith(b"%PDF-"):
        raise NotThisDocument
    file = files.keep(signed, folder=folder, name=f"{contract.number}.pdf", media_type="application/pdf")
    sessions.complete(signing, _mark(signing, Party.DEALER, witness), witness, may_show=False, after=file.sha256)
    seal = countersign.new_seal(contract, file, clock.now())
    ours = Witness(actor=service, device=service)
    countersign.once([_mark(signing, Party.COMPANY, ours), seal])
    trail.write(contract, StepKind.COUNTERSIGNED, ours, before=signing.document_sha256, service=service)
    trail.write(contract, StepKind.SEALED, ours, before=signing.document_sha256, after=file.sha256, service=service)
    countersign.follow(contract, seal)
    return seal


def _is_new(signing: Signing, call: Call) -> bool:
    try:
        with db.session.begin_nested():
            row = ServiceCall(id=call.id, signing_id=signing.id, state=call.state.value, received_at=clock.now())
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def _mark(signing: Signing, party: Party, witness: Witness) -> Mark:
    contract = signing.contract
    is_dealer = party is Party.DEALER
    return Mark(
        contract_id=contract.id,
        party=party,
        client_id=sha256(f"{signing.token}:{party.value}".encode()).hexdigest()[:40],
        signing_id=signing.id,
        way=SigningWay.SERVICE,
        name=(contract.signatory if is_dealer else witness.actor)[:60],
        title=contract.signatory_title if is_dealer else "",
        document_sha256=signing.document_sha256,
        signed_at=clock.now(),
        address=witness.address[:45],
        device=witness.device[:200],
    )
