"""Loading what an address of this room names, and only for whoever may see it."""

from datetime import date

from flask import abort, g
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock
from app.access import Permission
from app.blueprints.receivables import queries
from app.extensions import db
from app.models import Dealer, Posting, Receipt, Receivable
from app.web.identity import me
from app.web.load import found
from app.web.locale import page_zone

P = Permission
MAY_SEE = (P.VIEW_RECEIVABLES, P.VIEW_ALL_RECEIVABLES)


def own_id() -> int | None:
    """The id that lists of receivables are limited to: None for those who may see everybody's."""
    person = me()
    return None if person.can(P.VIEW_ALL_RECEIVABLES) else person.id


def the_receivable(receivable_id: int) -> Receivable:
    """Return a receivable, and make its event the page's; 404 when it is not this person's to see."""
    row = found(queries.receivable(receivable_id, own_id()))
    if row.event is not None:
        g.event = row.event
    return row


def the_receipt(receipt_id: int) -> Receipt:
    """Return a receipt; without the right to all, only one the person took down or of a dealer they chase."""
    statement = select(Receipt).where(Receipt.id == receipt_id)
    own = own_id()
    if own is not None:
        chased = exists().where(Receivable.dealer_id == Receipt.dealer_id, Receivable.rep_id == own)
        statement = statement.where(or_(Receipt.recorded_by_id == own, chased))
    loads = (joinedload(Receipt.dealer), joinedload(Receipt.file), joinedload(Receipt.recorded_by))
    posted = selectinload(Receipt.postings)
    more = (posted.joinedload(Posting.receivable).joinedload(Receivable.contract), posted.joinedload(Posting.by))
    return found(db.session.scalar(statement.options(*loads, *more)))


def the_dealer(dealer_id: int) -> Dealer:
    """Return a dealer about whose money this person may know."""
    dealer = found(db.session.get(Dealer, dealer_id))
    own = own_id()
    if own is not None and not db.session.scalar(
        select(exists().where(Receivable.dealer_id == dealer_id, Receivable.rep_id == own))
    ):
        abort(404)
    return dealer


def today() -> date:
    """The day where the page's event is, or else where we are."""
    return clock.today(page_zone())
