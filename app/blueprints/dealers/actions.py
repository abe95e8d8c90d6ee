"""What is done to dealers. Nothing here commits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import clock, journal
from app.blueprints.dealers import queries
from app.blueprints.dealers.rules import MobileTaken
from app.errors import StaleChange
from app.extensions import db
from app.models import Dealer
from app.names import company_key, latin, search_key, sort_key

_LATIN_LENGTH = 80


def set_keys(dealer: Dealer) -> None:
    """Work out what a dealer is searched, ordered and compared by. Call it whenever name, company or mobile change.

    An empty Latin name is spelled from the contact's.
    """
    dealer.search_key = search_key(dealer.contact, dealer.company, dealer.mobile or "")
    dealer.sort_key = sort_key(dealer.contact)
    dealer.company_key = company_key(dealer.company)
    if not dealer.latin_name:
        dealer.latin_name = latin(dealer.contact)[:_LATIN_LENGTH]


def create(values: Mapping[str, Any], *, by_id: int | None) -> Dealer:
    """Put a dealer on file and return it, flushed. Raises MobileTaken when the person is there already."""
    dealer = Dealer(**values, created_at=clock.now(), created_by_id=by_id)
    set_keys(dealer)
    _flush(dealer)
    journal.record("dealer.created", dealer, changes={"company": [None, dealer.company]})
    return dealer


def find_or_file(*, by_id: int | None, **values: Any) -> Dealer:
    """Return the dealer with this mobile, else this person of this company, else put a new one on file.

    Whoever is on file already stays as they are: a list that somebody types does not correct the file unasked.
    """
    mobile = values.get("mobile")
    known = queries.by_mobile(mobile) if mobile else queries.by_company(values["company"], values["contact"])
    return known or create(values, by_id=by_id)


def edit(dealer: Dealer, values: Mapping[str, Any], *, version: int) -> None:
    """Set new values. A Latin name that was only the spelling of the old contact follows the new one."""
    if dealer.version != version:
        raise StaleChange
    was_spelled = dealer.latin_name == latin(dealer.contact)[:_LATIN_LENGTH]
    left_alone = values.get("latin_name", dealer.latin_name) == dealer.latin_name
    for name, value in values.items():
        setattr(dealer, name, value)
    if was_spelled and left_alone:
        dealer.latin_name = ""
    set_keys(dealer)
    if changes := journal.changes_of(dealer):
        journal.record("dealer.edited", dealer, changes=changes)
    _flush(dealer)


def _flush(dealer: Dealer) -> None:
    """Write the row; the unique mobile decides between two who save the same person at the same moment."""
    db.session.add(dealer)
    try:
        db.session.flush()
    except IntegrityError as fault:
        if "mobile" not in str(fault.orig):
            raise
        raise MobileTaken from fault
