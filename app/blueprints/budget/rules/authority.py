"""Who may consent to which sum, and what happens where a line's plan does not cover it."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from app.access import Role
from app.errors import N_, SigningDayError
from app.models import OverPlan, Term

Limits = Mapping[tuple[Role, Term], Decimal]

ALL = Decimal("99999999999")
TERMS = (Term.PETTY_CASH, Term.EXPENSE, Term.OVER_PLAN)
# Those whose limits can be set: whoever may ask for money, and whoever may say yes.
ROLES = (
    Role.DIRECTOR,
    Role.PLANNER,
    Role.SALES_MANAGER,
    Role.CONFERENCE_AFFAIRS,
    Role.FINANCE,
    Role.SALES_REP,
    Role.ADMINISTRATOR,
)
_PETTY = Decimal(1_000)

# What holds where the company has set nothing of its own; in the event's currency, tax included.
STANDARD: Limits = {
    **{(role, Term.PETTY_CASH): _PETTY for role in Role},  # a duty may let anybody buy batteries
    (Role.CONFERENCE_AFFAIRS, Term.EXPENSE): Decimal(5_000),
    (Role.SALES_MANAGER, Term.EXPENSE): Decimal(10_000),
    (Role.PLANNER, Term.EXPENSE): Decimal(20_000),
    (Role.DIRECTOR, Term.EXPENSE): ALL,
    (Role.ADMINISTRATOR, Term.EXPENSE): ALL,
    (Role.DIRECTOR, Term.OVER_PLAN): ALL,
    (Role.ADMINISTRATOR, Term.OVER_PLAN): ALL,
}


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


def limit(limits: Limits, roles: Collection[Role], term: Term) -> Decimal:
    """Return how far somebody with these roles may go: as far as the most powerful of them."""
    return max((limits.get((role, term), Decimal(0)) for role in roles), default=Decimal(0))


def check_plan(line: str, mode: OverPlan, left: Decimal, more: Decimal, reason: str, *, may_except: bool) -> bool:
    """Tell whether it goes over the plan. Raises OverThePlan where the line stops it and nobody excepts it.

    Exactly what is left is covered. A line that warns lets it through, and the page says so.
    """
    if more <= left:
        return False
    if mode is OverPlan.STOP and not (reason and may_except):
        raise OverThePlan(line=line, left=f"{left:,.2f}")
    return True
