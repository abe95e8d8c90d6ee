"""Into stock and out of it. Each change has a reason that is there once, so doing it twice is doing it once."""

from sqlalchemy import select

from app import clock
from app.blueprints.materials.stock import queries
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import Event, Material, StockChange, StockItem


class NotInStock(SigningDayError):
    """Stock has fewer than asked for."""

    code = "not_in_stock"
    sentence = N_("There are only %(number)s of %(name)s in stock.")


def take(material: Material, quantity: int, *, event: Event, reason: str, by_id: int | None) -> None:
    """Take so many out of stock. Two who take at the same moment wait for each other at the item's row.

    From then on the material draws from that item, whatever either is called later.
    """
    item = queries.item_of(material)
    if item is not None:
        db.session.execute(select(StockItem.id).where(StockItem.id == item.id).with_for_update())
    there = queries.quantity(item) if item else 0
    if item is None or there < quantity:
        raise NotInStock(name=material.name, number=max(0, there))
    material.stock_item_id = item.id
    _change(item, -quantity, event, reason, by_id)


def put(material: Material, quantity: int, *, event: Event, reason: str, by_id: int | None) -> None:
    """Put so many into stock, once for each reason: into the item of the material, made where there is none."""
    if quantity <= 0 or db.session.scalar(select(StockChange.id).where(StockChange.reason == reason)):
        return
    item = queries.item_of(material)
    if item is None:
        item = StockItem(name=material.name, place="")
        db.session.add(item)
        db.session.flush()
    material.stock_item_id = item.id
    _change(item, quantity, event, reason, by_id)


def _change(item: StockItem, quantity: int, event: Event, reason: str, by_id: int | None) -> None:
    db.session.add(
        StockChange(item_id=item.id, quantity=quantity, event_id=event.id, reason=reason, at=clock.now(), by_id=by_id)
    )
    db.session.flush()
