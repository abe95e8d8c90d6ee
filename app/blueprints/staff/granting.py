"""Nobody gets rights by their own hand: what a role brings is set only by who holds it, and more is not for oneself.

Whoever plans the staff may put others into any role, that is the job; the journal says who did it.
"""

from flask_babel import LazyString

from app.access import GRANTED_BY, Grant
from app.blueprints.auth.permission_words import WORDS
from app.errors import N_, SigningDayError
from app.models import StaffPerson, StaffRole
from app.web.identity import me


class OwnRightsWidened(SigningDayError):
    """Somebody would give themselves a role that brings more than they may do."""

    code = "own_rights_widened"
    sentence = N_("%(role)s brings rights that you do not hold. Somebody else has to give you this role.")


def may_give() -> frozenset[Grant]:
    """Return the rights that the signed-in person holds in the event of this page, and so may hand on."""
    here = me().permissions_here
    return frozenset(grant for grant, allowed in GRANTED_BY.items() if allowed <= here)


def check_not_own(role: StaffRole, person: StaffPerson) -> None:
    """Raise when the signed-in person is about to take a role with more rights than they have."""
    if person.user_id == me().id and role.grant not in may_give():
        raise OwnRightsWidened(role=role.name)


def brings() -> dict[Grant, list[LazyString]]:
    """Return in words what each kind of rights allows."""
    return {
        grant: [WORDS[each].text for each in WORDS if each in allowed]
        for grant, allowed in GRANTED_BY.items()
        if allowed
    }
