"""Reading what a program sends: any JSON comes out as a request or as one clear complaint."""

import re
from dataclasses import dataclass
from typing import Any

from app.blueprints.checkin.desk.forms import SCAN_ID
from app.errors import N_
from app.tokens import read_badge_code

MOST_CODE = 300
MOST_DOOR = 40
_SCAN_ID = re.compile(SCAN_ID)


class Wrong(Exception):
    """One field that is missing or not what it should be."""

    def __init__(self, field: str, code: str, sentence: str) -> None:
        self.field, self.code, self.sentence = field, code, sentence
        super().__init__(code)


@dataclass(frozen=True)
class ScanAsked:
    """A scan as a program asks for it."""

    code: str
    scan_id: str
    door: str
    overrule: bool


def is_scan_id(text: str) -> bool:
    """Tell whether a text may be the id of a scan."""
    return _SCAN_ID.fullmatch(text) is not None


def scan(body: Any) -> ScanAsked:
    """Return the scan a body asks for, or raise Wrong."""
    if not isinstance(body, dict):
        raise Wrong("", "invalid", N_("The body must be a JSON object."))
    code, scan_id = body.get("code"), body.get("scan_id")
    door, overrule = body.get("door", ""), body.get("overrule", False)
    if not isinstance(code, str) or len(code) > MOST_CODE:
        raise Wrong("code", "invalid", N_("“code” must be a text of up to 300 characters."))
    if not isinstance(scan_id, str) or not is_scan_id(scan_id):
        raise Wrong("scan_id", "invalid", N_("“scan_id” must be 8 to 40 letters, digits, dashes or underscores."))
    if not isinstance(door, str) or len(door) > MOST_DOOR or not (door == "" or door.isprintable()):
        raise Wrong("door", "invalid", N_("“door” must be a text of up to 40 printable characters."))
    if not isinstance(overrule, bool):
        raise Wrong("overrule", "invalid", N_("“overrule” must be true or false."))
    read = read_badge_code(code)
    if read is None:
        raise Wrong("code", "malformed_code", N_("This is not the code of a badge."))
    return ScanAsked(read, scan_id, door.strip(), overrule)
