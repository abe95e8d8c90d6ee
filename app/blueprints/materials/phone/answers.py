"""What a phone needs to know of an event's materials to work without us."""

from typing import Any

from app import clock
from app.blueprints.materials.lines import Line, Sheet
from app.blueprints.materials.rules.figures import Count
from app.models import Box
from app.tokens import number_code


def items(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the materials as plain values, in their order."""
    zone = sheet.event.time_zone
    return [_item(line, zone) for line in sheet.lines]


def _item(line: Line, time_zone: str) -> dict[str, Any]:
    row, figures = line.material, line.figures
    return {
        "id": row.id,
        "code": number_code(row.id),
        "name": row.name,
        "search": f"{row.name} {row.search_key}".lower(),
        "unit": row.unit,
        "zone": row.zone.name if row.zone else "",
        "place": line.place,
        "owner": row.owner.name if row.owner else "",
        "is_part": row.kit_id is not None,
        "wanted": max(line.wanted.firm, line.ordered),
        "undecided": line.is_undecided and not line.ordered,
        "here": figures.here,
        "has_come": bool(figures.delivered or figures.counts),
        "damaged": figures.damaged,
        "stands": figures.is_set_up,
        "photos": figures.photos,
        "dispute": [_count(figures.dispute.earlier, time_zone), _count(figures.dispute.taken, time_zone)]
        if figures.dispute
        else None,
        "says": [figures.dispute.other, figures.here] if figures.dispute else None,
    }


def _count(count: Count, time_zone: str) -> dict[str, Any]:
    return {"by": count.by, "at": f"{clock.local(count.at, time_zone):%H:%M}", "counted": count.counted}


def places(sheet: Sheet, boxes: list[Box], zones: list[str]) -> list[str]:
    """Return where things are put: the zones first, then the places that are in use."""
    used = sorted({line.place for line in sheet.lines if line.place} | {box.place for box in boxes if box.place})
    return list(dict.fromkeys([*zones, *used]))[:40]


def crates(boxes: list[Box]) -> list[dict[str, Any]]:
    """Return the boxes with what is in them."""
    return [
        {
            "code": box.code,
            "name": box.name,
            "place": box.place,
            "contents": [[each.material_id, each.quantity] for each in box.contents],
        }
        for box in boxes
    ]
