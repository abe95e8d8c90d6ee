"""Looking a number or a file up in the register of seals."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import files
from app.blueprints.signing.rules import verifying
from app.blueprints.signing.rules.verifying import Answer, Told
from app.extensions import db
from app.models import Contract, Seal
from app.sealing import verifier
from app.sealing.certificate import Certificate
from app.sealing.verifier import Verdict

_WITH_CONTRACT = (
    joinedload(Seal.contract, innerjoin=True).options(joinedload(Contract.dealer), joinedload(Contract.event)),
    joinedload(Seal.file),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a file: the answer, its digest, the contract it was, and the seal found in it."""

    answer: Answer
    sha256: str
    contract: Contract | None
    seal: verifier.Seal | None
    signer: str


def by_number(number: str) -> Contract | None:
    """Return the contract of a number."""
    statement = select(Contract).where(Contract.number == number)
    return db.session.scalar(statement.options(joinedload(Contract.dealer), joinedload(Contract.event)))


def by_copy_token(token: str) -> Seal | None:
    """Return the seal whose copy a link opens."""
    return db.session.scalar(select(Seal).where(Seal.copy_token == token).options(*_WITH_CONTRACT))


def by_sha256(digest: str) -> Seal | None:
    """Return the seal of exactly these bytes."""
    return db.session.scalar(select(Seal).where(Seal.sha256 == digest).options(*_WITH_CONTRACT))


def told(contract: Contract) -> Told:
    """Return what anybody may know of a contract."""
    seal = db.session.get(Seal, contract.id)
    return Told(
        contract.number or "",
        verifying.masked(contract.dealer.company),
        verifying.standing(contract),
        contract.signed_at,
        seal.sealed_at if seal else None,
        bool(seal and seal.is_trial),
    )


def check(content: bytes, ours: Iterable[Certificate], folder: Path, *, asked: str | None = None) -> Checked:
    """Compare a file with the register. A file that is in it, to the byte, needs no look at its signature.

    What a signing service has sealed bears the service's certificate, so an addition to it is told by its beginning.
    """
    digest = sha256(content).hexdigest()
    if seal := by_sha256(digest):
        found = verifier.verify(content, ours) if seal.certificate else None
        said = verifying.answer(Verdict.UNCHANGED, known=True, asked=asked, found=seal.contract.number)
        return Checked(said, digest, seal.contract, found.seal if found else None, "")
    result = verifier.verify(content, ours)
    covered = by_sha256(result.seal.sha256) if result.seal and result.seal.sha256 else None
    contract = covered.contract if covered else None
    said = verifying.answer(result.verdict, known=covered is not None, asked=asked, found=None)
    if result.verdict is Verdict.NOT_OURS and asked and (kept := _begun(content, asked, folder)):
        said, contract = Answer.CHANGED_AFTER_SEALING, kept
    return Checked(said, digest, contract, result.seal, result.signer)


def _begun(content: bytes, number: str, folder: Path) -> Contract | None:
    """The contract of a number if the file begins with what a signing service has sealed for it."""
    contract = by_number(number)
    seal = db.session.get(Seal, contract.id) if contract else None
    if contract is None or seal is None or seal.certificate:
        return None
    return contract if content.startswith(files.read(seal.file, folder=folder)) else None
