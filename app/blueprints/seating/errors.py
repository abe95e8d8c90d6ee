"""What may not be done with a hall or a seat."""

from app.errors import N_, SigningDayError


class NoHallYet(SigningDayError):
    """There are no tables to sit at."""

    code = "no_hall_yet"
    sentence = N_("The hall has no tables yet. Lay it out first.")


class SeatLocked(SigningDayError):
    """Somebody sits there whose seat is locked."""

    code = "seat_locked"
    sentence = N_("%(name)s sits there, and that seat is locked. Unlock it first.")


class NoRoomThere(SigningDayError):
    """There are not as many chairs."""

    code = "no_room_there"
    sentence = N_("There are not enough chairs at table %(table)s for %(people)s people.")


class NothingToUndo(SigningDayError):
    """All that could be undone has been."""

    code = "nothing_to_undo"
    sentence = N_("There is nothing left to undo.")


class LabelTaken(SigningDayError):
    """Two tables of one hall may not be called the same."""

    code = "label_taken"
    sentence = N_("Another table is called %(label)s already.")


class SeatingChanged(SigningDayError):
    """Guests or seats changed again and again while they were being seated."""

    code = "seating_changed"
    sentence = N_("Guests or seats changed while we were seating them. Please start it again.")


class EventNotYet(SigningDayError):
    """Before the event begins nobody is late."""

    code = "event_not_yet"
    sentence = N_("The event has not begun, so nobody is missing yet.")


class DrawnByTheWorker(SigningDayError):
    """A paper of so many people takes longer than a request should."""

    code = "drawn_by_the_worker"
    sentence = N_("So many people are printed by the worker. Press the paper on the page of hall and tables.")
