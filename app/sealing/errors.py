"""What may stand in the way of a seal. Nothing has been sealed when one of these is raised."""

from app.errors import N_, SigningDayError


class SealingError(SigningDayError):
    """The document could not be sealed."""

    code = "sealing_error"
    sentence = N_("The document could not be sealed.")


class CertificateMissing(SealingError):
    code = "certificate_missing"
    sentence = N_("The file of the company's certificate (%(file)s) is not there or cannot be read.")


class CertificateUnreadable(SealingError):
    code = "certificate_unreadable"
    sentence = N_("The file of the company's certificate (%(file)s) is not a PKCS#12 file.")


class CertificateWrongPassword(SealingError):
    code = "certificate_wrong_password"
    sentence = N_("The password does not open the company's certificate (%(file)s).")


class CertificateWithoutKey(SealingError):
    code = "certificate_without_key"
    sentence = N_("The file of the company's certificate (%(file)s) holds no private key, so it cannot sign.")


class CertificateNotForSigning(SealingError):
    """The certificate's key usage leaves out signatures, or its key is of a kind that PDF readers do not know."""

    code = "certificate_not_for_signing"
    sentence = N_("The company's certificate (%(file)s) is not meant for signing documents.")


class CertificateExpired(SealingError):
    code = "certificate_expired"
    sentence = N_("The company's certificate expired on %(day)s. Put a new one in place, then seal again.")


class CertificateNotYetValid(SealingError):
    code = "certificate_not_yet_valid"
    sentence = N_("The company's certificate holds only from %(day)s on. Check the date of this machine.")


class TimestampUnavailable(SealingError):
    """The timestamp server did not answer in time. Trying again later is safe: nothing was sealed."""

    code = "timestamp_unavailable"
    sentence = N_("The timestamp server does not answer, so nothing was sealed. Please try again.")


class TimestampRefused(SealingError):
    """The timestamp server answered, but not with a token that holds for this document."""

    code = "timestamp_refused"
    sentence = N_("The timestamp server gave no valid timestamp, so nothing was sealed.")


class NotSealable(SealingError):
    """Not a PDF, encrypted, sealed before, or without the page asked for."""

    code = "not_sealable"
    sentence = N_("This document cannot be sealed.")


class AlreadySealed(NotSealable):
    code = "already_sealed"
    sentence = N_("This document carries a seal already.")


class SealDoesNotHold(SealingError):
    """The seal just made did not stand its own verification. The document must not be handed out."""

    code = "seal_does_not_hold"
    sentence = N_("The seal did not stand its own verification, so the document was not kept.")
