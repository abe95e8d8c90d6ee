"""Forms of a room, and of the rooms a hotel keeps for us."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, DecimalField, SelectField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.blueprints.staff.versions import VersionedForm
from app.models import Room, RoomBlock, RoomKind, RoomPayer
from app.web.fields import LineField, WholeNumberField, WordField

RELEASES = 3  # that the form offers
_NUMBER = InputRequired(_("Please enter a whole number."))


class RoomForm(VersionedForm):
    """One room of the list."""

    kind = WordField(_("Kind"), RoomKind)
    payer = WordField(_("Who pays"), RoomPayer)
    block_id = SelectField(_("Hotel’s name"), coerce=lambda value: int(value) if value else None)
    number = LineField(_("Room number"), [Length(max=12)], description=_("When the hotel has given it."))
    note = LineField(_("Note for the hotel"), [Length(max=200)])

    def __init__(self, room: Room | None, blocks: Sequence[RoomBlock], **kwargs: Any) -> None:
        super().__init__(obj=room, **kwargs)
        self.block_id.choices = [("", gettext("Not decided yet")), *((each.id, each.hotel) for each in blocks)]

    def values(self) -> dict[str, Any]:
        given = {name: self[name].data for name in ("kind", "payer", "block_id")}
        return given | {name: self[name].data or "" for name in ("number", "note")}


class BlockForm(VersionedForm):
    """Rooms a hotel keeps for us. A release date is a day and a number; those left blank are none."""

    hotel = LineField(_("Hotel’s name"), [DataRequired(_("Which hotel?")), Length(max=80)])
    kind = WordField(_("Kind"), RoomKind)
    first_on = DateField(_("First night"), [InputRequired(_("Please enter a day."))])
    nights = WholeNumberField(_("Nights"), [_NUMBER, NumberRange(1, 30, _("Between 1 and 30."))])
    rooms = WholeNumberField(_("Rooms"), [_NUMBER, NumberRange(1, 2000, _("Between 1 and 2000."))])
    rate = DecimalField(
        _("A room and night"),
        [Optional(), NumberRange(0, 100_000, _("Between 0 and 100,000."))],
        places=2,
        description=_("As the hotel wrote it. What is planned for it stands in the budget."),
    )
    note = LineField(_("Note"), [Length(max=200)])

    def __init__(self, block: RoomBlock | None, **kwargs: Any) -> None:
        given: dict[str, Any] = {}
        for number, release in enumerate(block.releases[:RELEASES] if block else (), 1):
            given |= {f"due_{number}": release.due_on, f"most_{number}": release.rooms}
        super().__init__(obj=block, data=given, **kwargs)

    @property
    def release_fields(self) -> list[tuple[Any, Any]]:
        return [(self[f"due_{number}"], self[f"most_{number}"]) for number in range(1, RELEASES + 1)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A release date needs a number, and each day stands once."""
        is_valid = super().validate(extra_validators)
        days: set[date] = set()
        for due, most in self.release_fields:
            if bool(due.data) != bool(most.data) and not (due.errors or most.errors):
                wrong, text = (most, _("How many rooms?")) if due.data else (due, _("By which day?"))
                wrong.errors = [*wrong.errors, text]
                is_valid = False
            elif due.data in days:
                due.errors = [*due.errors, _("This day stands here twice.")]
                is_valid = False
            days |= {due.data} if due.data else set()
        return is_valid

    def releases(self) -> list[tuple[date, int]]:
        return [(due.data, most.data) for due, most in self.release_fields if due.data and most.data]

    def values(self) -> dict[str, Any]:
        given = {name: self[name].data for name in ("kind", "first_on", "nights", "rooms", "rate")}
        return given | {name: self[name].data or "" for name in ("hotel", "note")}


for _release in range(1, RELEASES + 1):
    setattr(BlockForm, f"due_{_release}", DateField(_("Release until"), [Optional()]))
    setattr(
        BlockForm,
        f"most_{_release}",
        WholeNumberField(_("Rooms at most"), [Optional(), NumberRange(1, 2000, _("Between 1 and 2000."))]),
    )
