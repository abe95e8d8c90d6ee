"""The errors of this product. They state a fact about the business and know no HTTP.

Every error has a stable ``code`` (tests and API clients rely on it) and an English ``sentence``, which is a gettext
message id with ``%(name)s`` places. Whoever shows the error translates the sentence and fills the places.
"""

from typing import Any


def N_(message: str) -> str:
    """Mark a message id for extraction without translating it: this module sees no request and no language."""
    return message


class SigningDayError(Exception):
    """A rule of the business was broken. Nothing was changed."""

    code = "refused"
    sentence = N_("This is not possible.")

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)


class StaleChange(SigningDayError):
    """Somebody else saved the same record in the meantime."""

    code = "stale_change"
    sentence = N_("Somebody else has changed this in the meantime. Please look at it again.")


class EventNotOpen(SigningDayError):
    """The event's status does not allow what was asked."""

    code = "event_not_open"
    sentence = N_("The event is not open, so this cannot be done now.")


def by_code(code: str) -> type[SigningDayError] | None:
    """Return the error with this code, for those who find only the code in a stored row."""
    families: list[type[SigningDayError]] = [SigningDayError]
    while families:
        error = families.pop()
        if error.code == code:
            return error
        families.extend(error.__subclasses__())
    return None
