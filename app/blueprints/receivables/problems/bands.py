"""What the dealer's file says about money: the credit standing, and what stands behind it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.blueprints.receivables.loading import MAY_SEE
from app.blueprints.receivables.problems import queries
from app.models import Dealer
from app.web import dealer_bands
from app.web.dealer_bands import Band
from app.web.locale import DEFAULT_ZONE, day
from app.web.nav import door


@dealer_bands.source(*MAY_SEE)
def credit(dealer: Dealer) -> Band | None:
    """Return the band, or none while the dealer never had to pay anything."""
    found = queries.credit_of(dealer, clock.today(DEFAULT_ZONE))
    history = found.history
    if not (history.paid or history.overdue or history.kept or history.broken or found.account):
        return None
    facts: list[tuple[str, Any]] = [
        (_("Paid in full"), ngettext("%(num)d sum", "%(num)d sums", history.paid) if history.paid else None),
        (_("Usually late by"), ngettext("%(num)d day", "%(num)d days", history.average_late) if history.paid else None),
        (_("Overdue now"), _overdue(history.overdue, history.longest_late)),
        (_("Promises"), _promises(history.kept, history.broken)),
        (_("Bounced receipts"), history.bounced or None),
    ]
    notes, account = [], found.account
    if account is not None:
        notes.append(_("Problem account since %(day)s", day=day(account.opened_at)))
        if account.supply_stopped_at:
            notes.append(_("Supply is stopped."))
    url = door("receivables.problem", account_id=account.id) if account else ""
    url = url or door("receivables.statement", dealer_id=dealer.id)
    return Band(
        _("Payments"), found.standing, facts, notes, url, _("Problem account") if account else _("Statement of account")
    )


def _overdue(number: int, longest: int) -> str | None:
    if not number:
        return None
    sums = ngettext("%(num)d sum", "%(num)d sums", number)
    return _("%(sums)s, the oldest for %(days)s days", sums=sums, days=longest)


def _promises(kept: int, broken: int) -> str | None:
    return _("%(kept)s kept, %(broken)s broken", kept=kept, broken=broken) if kept or broken else None
