"""What may not be done with runs and rooms."""

from app.errors import N_, SigningDayError


class RunUnderWay(SigningDayError):
    """A run whose guests have been told, or that has been driven, is not simply taken away."""

    code = "run_under_way"
    sentence = N_("The guests of this run have been told of it. Move them to another run first.")


class RoomFull(SigningDayError):
    """There are no more beds."""

    code = "room_full"
    sentence = N_("There is no bed left in this room.")


class NoRoomWanted(SigningDayError):
    """The reply asks for no room, or does not say from when on."""

    code = "no_room_wanted"
    sentence = N_("%(name)s has not asked for a room. Nights are set in the reply.")


class VehicleLabelTaken(SigningDayError):
    """Two cars of one event may not be called the same."""

    code = "vehicle_label_taken"
    sentence = N_("Another car is called %(label)s already.")


class TooManyGivenBack(SigningDayError):
    """Not more rooms may be given back than was agreed."""

    code = "too_many_given_back"
    sentence = N_("By that date at most %(rooms)s rooms can be given back.")


class GroupNameTaken(SigningDayError):
    """Two groups of one event may not be called the same."""

    code = "group_name_taken"
    sentence = N_("Another group is called %(name)s already.")
