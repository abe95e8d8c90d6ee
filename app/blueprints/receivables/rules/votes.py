"""How many people have to agree to an adjustment, and who may."""

from collections.abc import Collection

from app.models import AdjustmentKind

K = AdjustmentKind
# What gives money away or up is agreed to by more than one; what only follows a rule is posted by finance at once.
NEEDED = {K.REFUND: 2, K.WRITE_OFF: 2, K.INSTALMENTS: 1, K.BONUS: 0, K.INTEREST: 0}


def missing(kind: AdjustmentKind, yes_by: Collection[int]) -> int:
    """Return how many more people have to say yes."""
    return max(0, NEEDED[kind] - len(set(yes_by)))


def may_vote(person_id: int, asked_by_id: int | None, said_by: Collection[int]) -> bool:
    """Tell whether somebody may still vote: not whoever asked, and nobody twice."""
    return person_id != asked_by_id and person_id not in said_by
