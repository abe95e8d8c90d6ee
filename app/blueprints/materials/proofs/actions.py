"""What is done to a proof. Nothing here commits."""

from app import clock, journal
from app.blueprints.materials.actions import check_changeable
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, File, Material, ProofState


class NoProof(SigningDayError):
    """There is nothing to look at."""

    code = "no_proof"
    sentence = N_("No proof has been handed in, so there is nothing to sign off.")


def submit(event: Event, material: Material, file: File) -> None:
    """Hand in a proof. A new one asks for a new signature, whatever the old one had."""
    check_changeable(event)
    material.proof_file_id = file.id
    material.proof = ProofState.SUBMITTED
    material.proof_note = ""
    material.signed_off_at = material.signed_off_by_id = None
    journal.record("material.proof_submitted", material, event_id=event.id, changes={})
    db.session.flush()


def sign_off(event: Event, material: Material, *, by_id: int) -> None:
    """Say that it may be printed like this."""
    check_changeable(event)
    if material.proof_file_id is None or material.proof not in {ProofState.SUBMITTED, ProofState.RETURNED}:
        raise NoProof
    material.proof = ProofState.SIGNED_OFF
    material.signed_off_at, material.signed_off_by_id = clock.now(), by_id
    journal.record("material.proof_signed_off", material, event_id=event.id, changes={})
    db.session.flush()


def send_back(event: Event, material: Material, note: str) -> None:
    """Send a proof back, saying what to mend."""
    check_changeable(event)
    if material.proof_file_id is None:
        raise NoProof
    material.proof, material.proof_note = ProofState.RETURNED, note
    material.signed_off_at = material.signed_off_by_id = None
    journal.record("material.proof_returned", material, event_id=event.id, changes={"proof_note": ["", note]})
    db.session.flush()
