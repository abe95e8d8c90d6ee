"""A guest as this room sees one: what the reply says, and what our people noted beside it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.blueprints.invitations.rules import SEATED
from app.models import GuestKind, InvitationState, RoomWish, TravelMode, TravelPlan

# By when one wants to be at the station before a train or flight leaves.
BEFORE = {TravelMode.TRAIN: timedelta(minutes=60), TravelMode.FLIGHT: timedelta(minutes=120)}


@dataclass(frozen=True)
class Traveller:
    """Whoever comes, or came onto a list of ours and no longer does."""

    id: int  # of the invitation
    name: str  # of who comes instead, if somebody does
    company: str
    mobile: str
    city: str
    kind: GuestKind
    state: InvitationState
    mode: TravelMode | None
    number: str
    arrives_at: datetime | None
    pickup_wanted: bool
    hotel_from: date | None
    hotel_nights: int
    diet: str
    noted_station: str
    leaves_by: TravelMode | None
    leaves_number: str
    leaves_at: datetime | None
    noted_leaves_from: str
    ride_wanted: bool
    room_wish: RoomWish | None
    shares_with_id: int | None
    companions: tuple[tuple[int, str], ...]

    @property
    def comes(self) -> bool:
        return self.state in SEATED

    @property
    def people(self) -> int:
        return 1 + len(self.companions)

    @property
    def is_dealer(self) -> bool:
        return self.kind is GuestKind.DEALER

    @property
    def wants_pickup(self) -> bool:
        return self.comes and self.pickup_wanted

    @property
    def wants_ride(self) -> bool:
        return self.comes and self.ride_wanted

    @property
    def stays(self) -> bool:
        """Whether a room is wanted, and from which night on is known."""
        return self.comes and self.hotel_nights > 0 and self.hotel_from is not None

    @property
    def there_by(self) -> datetime | None:
        """By when the guest wants to be at the station on the way back."""
        if self.leaves_at is None:
            return None
        return self.leaves_at - BEFORE.get(self.leaves_by or TravelMode.OTHER, timedelta())

    def arrives_where(self, plan: TravelPlan) -> str:
        """The station as noted, else the plan's for this way of coming; empty where nobody knows."""
        return self.noted_station or _usual(plan, self.mode)

    def leaves_where(self, plan: TravelPlan) -> str:
        return self.noted_leaves_from or _usual(plan, self.leaves_by)


def _usual(plan: TravelPlan, mode: TravelMode | None) -> str:
    if mode is TravelMode.TRAIN:
        return plan.train_station
    return plan.airport if mode is TravelMode.FLIGHT else ""
