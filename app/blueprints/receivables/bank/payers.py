"""Who pays for whom: learnt when a match is confirmed, forgotten when it is undone or somebody says so."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock, journal
from app.extensions import db
from app.models import BankMatch, BankRow, BankRowState, Dealer, PayerAlias, Receipt
from app.names import company_key


def learn(payer: str, dealer: Dealer, *, by_id: int | None) -> None:
    """Remember that somebody pays for a dealer, unless it is the dealer's own company."""
    key = company_key(payer) if payer else ""
    if not key or key == dealer.company_key:
        return
    known = _known(key, dealer.id)
    if known is None:
        known = PayerAlias(
            name_key=key, name=payer[:200], dealer_id=dealer.id, learnt_at=clock.now(), learnt_by_id=by_id
        )
        db.session.add(known)
    elif known.forgotten_at is None:
        return
    else:
        known.learnt_at, known.learnt_by_id, known.forgotten_at = clock.now(), by_id, None
    journal.record("payer.learnt", known, changes={"payer": [None, payer[:200]], "dealer": [None, dealer.company]})


def forget(alias: PayerAlias) -> None:
    """Do not take this payer for the dealer any more."""
    if alias.forgotten_at is None:
        alias.forgotten_at = clock.now()
        journal.record("payer.forgotten", alias, changes={"payer": [alias.name, None]})


def forget_unless_seen(row: BankRow, dealer_id: int) -> None:
    """Forget what was learnt from a row that is undone, unless another row still says the same."""
    known = _known(company_key(row.payer) if row.payer else "", dealer_id)
    if known is None:
        return
    other = (
        select(BankRow.id)
        .join(BankMatch, BankMatch.row_id == BankRow.id)
        .join(Receipt, Receipt.id == BankMatch.receipt_id)
        .where(
            BankRow.payer == row.payer,
            BankRow.id != row.id,
            BankRow.state == BankRowState.MATCHED,
            Receipt.dealer_id == dealer_id,
        )
        .limit(1)
    )
    if db.session.scalar(other) is None:
        forget(known)


def _known(key: str, dealer_id: int) -> PayerAlias | None:
    return db.session.scalar(select(PayerAlias).where(PayerAlias.name_key == key, PayerAlias.dealer_id == dealer_id))


def remembered() -> Sequence[PayerAlias]:
    """Return everybody who is known to pay for a dealer, the newest first."""
    statement = select(PayerAlias).where(PayerAlias.forgotten_at.is_(None)).options(joinedload(PayerAlias.dealer))
    return db.session.scalars(statement.order_by(PayerAlias.learnt_at.desc(), PayerAlias.id.desc())).all()
