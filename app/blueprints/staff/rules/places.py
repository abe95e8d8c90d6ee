"""The places of a role in a shift: which there are, which are free."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.errors import N_, SigningDayError

D = TypeVar("D")


class PlaceTaken(SigningDayError):
    """Somebody else has been given this place in the meantime."""

    code = "place_taken"
    sentence = N_("Somebody else has just been given this place. Nothing was changed.")


class NoPlaceFree(SigningDayError):
    """All places of the role in this shift are filled."""

    code = "no_place_free"
    sentence = N_("All places of this role are filled in this shift: %(role)s, %(shift)s.")


class AlreadyInRole(SigningDayError):
    """The person has this role in this shift already."""

    code = "already_in_role"
    sentence = N_("%(person)s already has this role in this shift: %(role)s, %(shift)s.")


class StaffPlanClosed(SigningDayError):
    """The event is over and closed; who did what there is on record."""

    code = "staff_plan_closed"
    sentence = N_("The event is closed. Who did what there stays as it was.")


class PersonHasLeft(SigningDayError):
    """Whoever has left gets no duties."""

    code = "person_has_left"
    sentence = N_("%(person)s has left and gets no more duties.")


@dataclass(frozen=True)
class Place(Generic[D]):
    """One place: where it is, and the duty that fills it."""

    slot: int
    station: str
    duty: D | None
    is_extra: bool  # beyond what the role needs

    @property
    def is_free(self) -> bool:
        return self.duty is None


def free_slot(required: int, taken: Collection[int], *, beyond: bool = False) -> int | None:
    """Return the lowest free place number, or None. `beyond` goes on past what is required."""
    return next((slot for slot in range(1, required + 1 + beyond * (len(taken) + 1)) if slot not in taken), None)


def places(required: int, filled: Mapping[int, D], stations: Mapping[int, str]) -> list[Place[D]]:
    """Return the places in order: those required, and filled ones beyond. `stations` names some of them."""
    numbers = sorted(set(range(1, required + 1)) | set(filled))
    return [Place(slot, stations.get(slot, ""), filled.get(slot), slot > required) for slot in numbers]
