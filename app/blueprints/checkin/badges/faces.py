"""What stands on a badge, and the sizes badges come in. Values only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

# Each carries white letters at a contrast of 5.5 or more and prints as a dark grey; the word tells the
# kinds apart.
KIND_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dealer": "#0f4c9a",
        "expert": "#6a2c91",
        "media": "#0b6b4f",
        "government": "#a3192b",
        "association": "#8a4b08",
        "staff": "#39424e",
    }
)
CREW_COLOUR: Final = "#10181f"  # nearly black, and turned round: no guest's badge has its band at the head

_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")


class BadgeSize(StrEnum):
    """Width by height in millimetres; `SHEET` is A4 with eight badges of 90 by 54 and crop marks."""

    A6 = "a6"
    CARD_90X54 = "90x54"
    CARD_86X54 = "86x54"
    CARD_100X70 = "100x70"
    SHEET = "a4"


@dataclass(frozen=True, slots=True)
class BadgeHeading:
    """What all badges of an event share. `place` is a line of date and venue, shown on A6 only."""

    event: str
    theme: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """One badge. `url` goes into the QR as it is and should be upper case throughout, which keeps the code
    small.

    `kind_word` is already in the language of the documents, `kind_colour` is `#rrggbb`, `second` a word
    such as the table. `code` is printed small for typing by hand. `ref` is the caller's own mark and is not
    printed. `is_crew` gives the staff's own design: a band at the head with the kind, the role under the name.
    """

    name: str
    kind_word: str
    kind_colour: str
    url: str
    code: str
    latin: str = ""
    company: str = ""
    second: str = ""
    ref: str = ""
    is_crew: bool = False

    def __post_init__(self) -> None:
        # The colour goes into a style sheet, so anything else must not get that far.
        if not _HEX.fullmatch(self.kind_colour):
            raise ValueError("kind_colour must be #rrggbb")

    @property
    def ink(self) -> str:
        """White or near black, whichever can be read on the colour of the kind."""
        return "#ffffff" if 1.05 / (self._luminance + 0.05) >= 4.5 else "#111827"

    @property
    def _luminance(self) -> float:
        channels = [int(self.kind_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue
