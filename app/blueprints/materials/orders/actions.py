"""What is done to orders. Nothing here commits."""

from datetime import date
from decimal import Decimal

from app import clock, journal, tokens
from app.blueprints.materials import actions, queries
from app.blueprints.materials.stock import actions as stock
from app.errors import N_, SigningDayError
from app.extensions import db
from app.models import ClothingCut, Event, Material, MaterialOrder


class QuantityNotPositive(SigningDayError):
    """Nothing, or less than nothing, cannot be ordered."""

    code = "quantity_not_positive"
    sentence = N_("At least one has to be ordered.")


class OrderHasCome(SigningDayError):
    """What has come in full cannot be cancelled."""

    code = "order_has_come"
    sentence = N_("All of this order has come already, so it cannot be cancelled.")


def order(
    event: Event,
    material: Material,
    quantity: int,
    *,
    supplier: str = "",
    unit_price: Decimal | None = None,
    due_on: date | None = None,
    cut: ClothingCut | None = None,
    size: str = "",
    by_id: int | None,
) -> MaterialOrder:
    """Write down an order with a supplier. Its supplier and price become the material's, for the next one."""
    actions.check_changeable(event)
    if quantity <= 0:
        raise QuantityNotPositive
    actions.lock(material)
    row = MaterialOrder(
        material=material,
        quantity=quantity,
        supplier=supplier or material.supplier,
        unit_price=unit_price,
        ordered_at=clock.now(),
        ordered_by_id=by_id,
        due_on=due_on,
        cut=cut,
        size=size,
    )
    db.session.add(row)
    if row.supplier != material.supplier:
        actions.edit(event, material, supplier=row.supplier)
    if unit_price is not None:
        material.unit_price = unit_price
    journal.record("material.ordered", material, event_id=event.id, changes={"quantity": [None, quantity]})
    actions.settle(material)
    return row


def order_from_stock(event: Event, material: Material, quantity: int, *, by_id: int | None) -> MaterialOrder:
    """Take so many out of the company's stock for this event. Raises when stock has not so many."""
    actions.check_changeable(event)
    if quantity <= 0:
        raise QuantityNotPositive
    actions.lock(material)
    reason = f"taken:{event.id}:{tokens.new_link_token()}"
    stock.take(material, quantity, event=event, reason=reason, by_id=by_id)
    row = MaterialOrder(
        material=material,
        quantity=quantity,
        from_stock=True,
        supplier="",
        unit_price=Decimal(0),
        ordered_at=clock.now(),
        ordered_by_id=by_id,
    )
    db.session.add(row)
    db.session.flush()
    journal.record("material.from_stock", material, event_id=event.id, changes={"quantity": [None, quantity]})
    actions.settle(material)
    return row


def cancel(
    event: Event, material: Material, row: MaterialOrder, *, number: int | None = None, by_id: int | None
) -> int:
    """Cancel what has not come of an order, or `number` of it; what has come stays. Returns how many were cancelled.

    Deliveries fill the orders in their order, so of the last order the most is still open.
    """
    actions.check_changeable(event)
    actions.lock(material)
    open_ = min(row.quantity, max(0, queries.ordered_of(material) - queries.figures_of(material).delivered))
    if row.cancelled_at is not None or open_ == 0:
        raise OrderHasCome
    if number is not None and number <= 0:
        raise QuantityNotPositive
    open_ = min(open_, number if number is not None else open_)
    if open_ == row.quantity:
        row.cancelled_at = clock.now()
    else:
        row.quantity -= open_
    if row.from_stock:
        stock.put(material, open_, event=event, reason=f"order:{row.id}:cancelled:{row.quantity}", by_id=by_id)
    journal.record("material.order_cancelled", material, event_id=event.id, changes={"quantity": [open_, None]})
    actions.settle(material)
    return open_
