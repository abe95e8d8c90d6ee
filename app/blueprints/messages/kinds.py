"""What a kind of message is, and the families that kinds come in."""

from dataclasses import dataclass

from app.blueprints.messages.wording_variables import CONTRACT, OF_EVENT, OF_PERSON, PAYMENT
from app.errors import N_


@dataclass(frozen=True)
class Kind:
    """One kind of message. `at_once` is not held by quiet hours: it answers something the guest has just done, or
    tells the staff of something that cannot wait."""

    key: str
    label: str
    purpose: str
    button: str
    variables: dict[str, str]
    at_once: bool = False
    to_guest: bool = True
    to_staff: bool = False
    outlasts: bool = False  # sent even when the event is closed by then


def of_staff(
    key: str, label: str, purpose: str, button: str, variables: dict[str, str], *, at_once: bool = False
) -> Kind:
    """A message to whoever works at an event."""
    values = OF_PERSON | variables | OF_EVENT
    return Kind(key, label, purpose, button, values, at_once=at_once, to_guest=False, to_staff=True)


def of_contract(key: str, label: str, purpose: str, button: str, *, at_once: bool = True) -> Kind:
    """A message about a contract; it goes whatever the event's state."""
    values = CONTRACT | OF_EVENT
    return Kind(key, label, purpose, button, values, at_once=at_once, to_guest=False, to_staff=True, outlasts=True)


def of_payment(key: str, label: str, purpose: str) -> Kind:
    """A reminder of a payment; it goes whatever the event's state."""
    return Kind(
        key, label, purpose, N_("Open my page"), PAYMENT | OF_EVENT, to_guest=False, to_staff=True, outlasts=True
    )


def of_office(key: str, label: str, purpose: str, button: str, variables: dict[str, str]) -> Kind:
    """Mail to our own people about contracts and plans; it goes at once, whatever the event's state."""
    return Kind(key, label, purpose, button, variables, at_once=True, to_guest=False, to_staff=True, outlasts=True)
