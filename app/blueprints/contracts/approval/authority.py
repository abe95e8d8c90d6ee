"""How far a contract goes beyond what its rep may grant. The one place where contracts ask the territories' limits."""

from decimal import Decimal

from app.blueprints.territories.packages import queries as packages
from app.blueprints.territories.rules.authority import Beyond, beyond
from app.models import ConcessionKind, Contract, ContractKind, Term, Tier, User

HUNDRED = Decimal(100)


def terms_of(contract: Contract) -> dict[Term, Decimal]:
    """Return what a contract grants: percents, days, the sum, and 1 where something exclusive is promised."""
    exclusive = contract.tier is Tier.EXCLUSIVE or any(grant.is_exclusive for grant in contract.grants)
    return {
        Term.DISCOUNT: contract.discount_percent,
        Term.REBATE: contract.rebate_percent,
        Term.CREDIT_DAYS: Decimal(contract.credit_days),
        Term.DEPOSIT: _waived(contract),
        Term.EXCLUSIVE: Decimal(1 if exclusive else 0),
        Term.AMOUNT: contract.total,
    }


def _waived(contract: Contract) -> Decimal:
    """How many percent of the deposit the dealer is spared: all, or what the package takes off."""
    if contract.kind is not ContractKind.DISTRIBUTION:
        return Decimal(0)
    if not contract.deposit:
        return HUNDRED
    cuts = contract.package.concessions if contract.package else []
    return max((each.value for each in cuts if each.kind is ConcessionKind.DEPOSIT_CUT), default=Decimal(0))


def beyond_of(contract: Contract, seller: User) -> list[Beyond]:
    """Return which terms go beyond what the seller may grant by the limits of this event."""
    return beyond(packages.limits(contract.event), seller.roles, terms_of(contract))
