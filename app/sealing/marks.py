"""What a seal says about itself in plain text: when, why, where. Read only from bytes that its signature covers."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pikepdf

_END: Final = b"endobj"


@dataclass(frozen=True, slots=True)
class Marks:
    at: datetime | None = None
    reason: str = ""
    location: str = ""


def marks(behind: bytes) -> Marks:
    """The marks in the signature dictionary, of which these are the bytes behind the gap."""
    end = behind.find(_END)
    try:
        said = pikepdf.Object.parse(b"<<" + behind[:end])
    except (pikepdf.PdfError, ValueError):
        return Marks()
    return Marks(_instant(str(said.get("/M", ""))), str(said.get("/Reason", "")), str(said.get("/Location", "")))


def _instant(text: str) -> datetime | None:
    match = re.fullmatch(r"D:(\d{14})Z(?:00'00'?)?", text)
    return datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if match else None
