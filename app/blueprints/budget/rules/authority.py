"""Who may consent to which sum, and what happens where a line's plan does not cover it."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from app.access import Role
from app.errors import N_, SigningDayError
from app.models import OverPlan

ALL = Decimal("99999999999")
LARGEST_PETTY = Decimal(1_000)  # out of the cash box without asking; in the event's currency

# How much a role may consent to for one expense, tax included, in the event's currency. Without a row: nothing.
EXPENSES: Mapping[Role, Decimal] = {
    Role.CONFERENCE_AFFAIRS: Decimal(5_000),
    Role.SALES_MANAGER: Decimal(10_000),
    Role.PLANNER: Decimal(20_000),
    Role.DIRECTOR: ALL,
    Role.ADMINISTRATOR: ALL,
}
# The plan as a whole, and any expense that its line's plan does not cover and that is stopped.
PLANS: Mapping[Role, Decimal] = {Role.DIRECTOR: ALL, Role.ADMINISTRATOR: ALL}


class BeyondAuthority(SigningDayError):
    """Somebody with a higher limit has to consent."""

    code = "beyond_authority"
    sentence = N_("Your limit is %(limit)s, so somebody with a higher one has to approve this.")


class OwnRequest(SigningDayError):
    """Nobody consents to what they asked for themselves."""

    code = "own_request"
    sentence = N_("You asked for this yourself, so somebody else has to approve it.")


class OverThePlan(SigningDayError):
    """The line stops what its plan does not cover."""

    code = "over_the_plan"
    sentence = N_("“%(line)s” has only %(left)s left in the plan. It needs an exception with a reason.")


def limit(limits: Mapping[Role, Decimal], roles: Collection[Role]) -> Decimal:
    """Return how far somebody with these roles may go: as far as the most powerful of them."""
    return max((limits.get(role, Decimal(0)) for role in roles), default=Decimal(0))


def check_plan(line: str, mode: OverPlan, left: Decimal, more: Decimal, reason: str, *, may_except: bool) -> bool:
    """Tell whether it goes over the plan. Raises OverThePlan where the line stops it and nobody excepts it.

    Exactly what is left is covered. A line that warns lets it through, and the page says so.
    """
    if more <= left:
        return False
    if mode is OverPlan.STOP and not (reason and may_except):
        raise OverThePlan(line=line, left=f"{left:,.2f}")
    return True
