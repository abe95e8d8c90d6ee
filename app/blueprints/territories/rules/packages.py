"""Whether a package of the day may still be taken."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.errors import N_, SigningDayError


class PackageExpired(SigningDayError):
    """The package was for signing earlier."""

    code = "package_expired"
    sentence = N_("The package “%(name)s” has expired. Choose another one.")


class PackageSoldOut(SigningDayError):
    """As many have signed with the package as there were."""

    code = "package_sold_out"
    sentence = N_("The package “%(name)s” is used up. Choose another one.")


class PackageWithdrawn(SigningDayError):
    """The package is no longer offered."""

    code = "package_withdrawn"
    sentence = N_("The package “%(name)s” is not offered any more. Choose another one.")


class PackageOfOtherEvent(SigningDayError):
    """A package belongs to one event."""

    code = "package_of_other_event"
    sentence = N_("The package “%(name)s” belongs to another event.")


class FirstOrderTooSmall(SigningDayError):
    """The package wants a larger first order."""

    code = "first_order_too_small"
    sentence = N_("The package “%(name)s” needs a first order of at least %(least)s; the contract has %(given)s.")


class PackageInUse(SigningDayError):
    """Contracts name the package; it can be switched off, not deleted."""

    code = "package_in_use"
    sentence = N_("Contracts have been written with the package “%(name)s”. Switch it off instead of deleting it.")


@dataclass(frozen=True)
class Facts:
    """What the rule looks at. Sums are in the event's currency."""

    name: str
    is_active: bool
    expires_at: datetime  # the package's, else the end of the event
    stock: int | None
    taken: int
    min_first_order: Decimal | None


def objection(facts: Facts, now: datetime, first_order: Decimal) -> SigningDayError | None:
    """Return what stands against signing with the package now, or None."""
    if not facts.is_active:
        return PackageWithdrawn(name=facts.name)
    if facts.expires_at <= now:
        return PackageExpired(name=facts.name)
    if facts.stock is not None and facts.taken >= facts.stock:
        return PackageSoldOut(name=facts.name)
    if facts.min_first_order is not None and first_order < facts.min_first_order:
        return FirstOrderTooSmall(name=facts.name, least=f"{facts.min_first_order:,.2f}", given=f"{first_order:,.2f}")
    return None
