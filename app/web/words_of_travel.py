"""How journeys, rooms and meals read and look: text, tone and icon."""

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from app.models import Direction, MealFor, RoomKind, RoomPayer, RoomWish

_ = lazy_gettext

WORDS: tuple[tuple[StrEnum, tuple[LazyString, str, str]], ...] = (
    (Direction.ARRIVAL, (_("From the station"), "blue", "plane-arrival")),
    (Direction.DEPARTURE, (_("To the station"), "purple", "plane")),
    (RoomWish.SINGLE, (_("A room alone"), "secondary", "user")),
    (RoomWish.SHARED, (_("Would share"), "teal", "users")),
    (RoomKind.SINGLE, (_("Single room"), "secondary", "bed")),
    (RoomKind.DOUBLE, (_("Room with one large bed"), "secondary", "bed")),
    (RoomKind.TWIN, (_("Room with two beds"), "secondary", "bed")),
    (RoomPayer.US, (_("We pay"), "blue", "building")),
    (RoomPayer.GUEST, (_("The guest pays"), "secondary", "user")),
    (MealFor.EVERYBODY, (_("Everybody who comes"), "blue", "users")),
    (MealFor.OVERNIGHT, (_("Who slept at the hotel the night before"), "teal", "bed")),
    (MealFor.ARRIVED_BEFORE, (_("Who sleeps at the hotel the night after"), "teal", "bed")),
    (MealFor.DEALERS, (_("Dealers only"), "secondary", "building-store")),
)
