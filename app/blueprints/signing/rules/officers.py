"""Who may sign for the company: an officer who did not bring the contract about. Two people see every contract."""

from collections.abc import Collection

from app.errors import N_, SigningDayError


class OfficerIsParty(SigningDayError):
    """Whoever is the contract's rep, or handed the dealer the pen, does not sign it for the company as well."""

    code = "officer_is_party"
    sentence = N_("Two people are wanted: whoever negotiated the contract or hosted its signing cannot countersign it.")


class AlreadyCountersigned(SigningDayError):
    """Somebody was quicker. There is one seal, and it is theirs."""

    code = "already_countersigned"
    sentence = N_("This contract has been countersigned already.")


class NotSignedYet(SigningDayError):
    """There is nothing to countersign."""

    code = "not_signed_yet"
    sentence = N_("The dealer has not signed this contract yet.")


class DocumentWasExchanged(SigningDayError):
    """What the officer has looked at is not what stands there now."""

    code = "document_was_exchanged"
    sentence = N_("The contract has changed while you were looking at it. Please look at it again.")


class NoSignatureKept(SigningDayError):
    """The officer has no signature on record and has drawn none."""

    code = "no_signature_kept"
    sentence = N_("You have no signature on record yet. Please draw it first.")


def check_officer(officer_id: int, parties: Collection[int | None]) -> None:
    """Raise `OfficerIsParty` when the officer is the rep or the host."""
    if officer_id in parties:
        raise OfficerIsParty
