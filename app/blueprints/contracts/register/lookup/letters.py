"""Mails about requests to see a contract."""

from app.blueprints.contracts import mail
from app.blueprints.contracts.register.lookup import queries
from app.errors import N_
from app.models import Contract, LookupRequest, User

ASKED, ANSWERED = "lookup_asked", "lookup_answered"
_ASKED = (
    N_("%(by)s asks to see contract %(number)s"),
    N_(
        "Hello %(name)s,\n\n"
        "%(by)s asks to see contract %(number)s and gives this reason:\n\n"
        "%(reason)s\n\n"
        "You can release it for some days, or refuse.\n\n"
        "%(url)s\n"
    ),
    N_("Answer the request"),
)
_RELEASED = (
    N_("Released to you: contract %(number)s"),
    N_(
        "Hello %(name)s,\n\n"
        "contract %(number)s is open to you until %(until)s. After that it closes by itself.\n\n"
        "What you open and download is written down.\n\n"
        "%(url)s\n"
    ),
    N_("Open the contract"),
)
_REFUSED = (
    N_("Not released: contract %(number)s"),
    N_(
        "Hello %(name)s,\n\n"
        "your request to see contract %(number)s was refused. The contract administrators can tell you why.\n\n"
        "%(url)s\n"
    ),
    N_("To the register"),
)


def ask(request: LookupRequest, contract: Contract, by: User) -> None:
    """Write to everybody who files contracts."""
    people = [user for user in queries.filers() if user.id != by.id]
    mail.post(
        people,
        ASKED,
        _ASKED,
        "/contracts/lookups/",
        f"{ASKED}:{request.id}",
        by=by.name,
        number=contract.number or "",
        reason=request.reason,
    )


def tell(request: LookupRequest) -> None:
    """Tell whoever asked what came of it."""
    words, path = (_RELEASED, f"/contracts/{request.contract_id}") if request.is_granted else (_REFUSED, "/contracts/")
    until = request.until.astimezone(mail.ZONE).strftime("%Y-%m-%d %H:%M") if request.until else ""
    mail.post(
        [request.user],
        ANSWERED,
        words,
        path,
        f"{ANSWERED}:{request.id}",
        number=request.contract.number or "",
        until=until,
    )
