"""What is in stock. A material draws from the item chosen for it, or else from the one of its name."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from app.extensions import db
from app.models import Event, Material, StockChange, StockItem


@dataclass(frozen=True)
class Held:
    """One thing in stock: how many, and the event that last changed it."""

    item: StockItem
    quantity: int
    last_event: Event | None = None

    @property
    def id(self) -> int:
        return self.item.id


def item(name: str) -> StockItem | None:
    return db.session.scalar(select(StockItem).where(StockItem.name == name))


def item_of(material: Material) -> StockItem | None:
    """Return the stock item of a material: the one chosen for it, else the one of the same name."""
    if material.stock_item_id is not None:
        return db.session.get(StockItem, material.stock_item_id)
    return item(material.name)


def in_stock(material: Material) -> int:
    """Return how many of a material the company has."""
    row = item_of(material)
    return max(0, quantity(row)) if row is not None else 0


def items() -> list[StockItem]:
    """Return everything that stock knows, by name."""
    return list(db.session.scalars(select(StockItem).order_by(StockItem.name)))


def quantity(row: StockItem) -> int:
    changes = select(func.sum(StockChange.quantity)).where(StockChange.item_id == row.id)
    return int(db.session.scalar(changes) or 0)


def of_names(names: Collection[str]) -> dict[str, int]:
    """Return how many of each are in stock; what is not there at all is left out."""
    if not names:
        return {}
    rows = db.session.execute(
        select(StockItem.name, func.sum(StockChange.quantity))
        .join(StockChange, StockChange.item_id == StockItem.id)
        .where(StockItem.name.in_(names))
        .group_by(StockItem.name)
    )
    return {name: int(number) for name, number in rows if number > 0}


def held() -> list[Held]:
    """Return everything that is or was in stock, by name: two queries."""
    last = select(StockChange.item_id, func.max(StockChange.id).label("id")).group_by(StockChange.item_id).subquery()
    summed = select(StockChange.item_id, func.sum(StockChange.quantity)).group_by(StockChange.item_id)
    sums = {item_id: int(quantity) for item_id, quantity in db.session.execute(summed)}
    rows = db.session.execute(
        select(StockItem, Event)
        .join(last, last.c.item_id == StockItem.id)
        .join(StockChange, StockChange.id == last.c.id)
        .outerjoin(Event, Event.id == StockChange.event_id)
        .order_by(StockItem.name)
    )
    return [Held(row, sums[row.id], event) for row, event in rows]
