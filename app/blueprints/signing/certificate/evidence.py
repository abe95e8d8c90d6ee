"""The evidence of one signing as a zip: the sealed document, the strokes, every step, and the digests of it all."""

import csv
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app import files
from app.blueprints.signing.rules import strokes
from app.models import Contract, Mark, Party, Seal, Step

_STEP = (
    *("id", "kind", "at", "time_zone", "actor", "host", "address", "device", "sha256_before", "sha256_after", "detail"),
)


def packed(contract: Contract, seal: Seal, marks: Mapping[Party, Mark], steps: Sequence[Step], folder: Path) -> bytes:
    """Return the zip. Made twice from the same rows it is the same, to the byte."""
    parts = {f"{contract.number}.pdf": files.read(seal.file, folder=folder)}
    if contract.document is not None:
        parts["signed-document.pdf"] = files.read(contract.document, folder=folder)
    for party, mark in marks.items():
        if mark.strokes:
            parts[f"strokes-{party.value}.svg"] = drawing(mark).encode()
            parts[f"strokes-{party.value}.json"] = _json(mark.strokes)
        if mark.picture is not None:
            parts[f"paper-{party.value}.pdf"] = files.read(mark.picture, folder=folder)
        if mark.stamp is not None:
            ending = "png" if mark.stamp.media_type == "image/png" else "jpg"
            parts[f"stamp-{party.value}.{ending}"] = files.read(mark.stamp, folder=folder)
    lines = [_line(step) for step in steps]
    parts["steps.json"] = _json(lines)
    parts["steps.csv"] = _csv(lines)
    parts["seal.json"] = _json(_seal(contract, seal, marks))
    listed = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(parts.items()))
    parts["SHA256SUMS"] = listed.encode()
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, seal.sealed_at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def drawing(mark: Mark) -> str:
    """Return a mark's strokes as an SVG that stands alone."""
    written = mark.strokes or []
    box = strokes.extent(written)
    view = f"-6 -6 {box.width + 12} {box.height + 12}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">'
        f'<path d="{strokes.path(written)}" fill="none" stroke="#10245e" stroke-width="3" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>\n'
    )


def _line(step: Step) -> dict[str, Any]:
    values = {name: getattr(step, name) for name in _STEP}
    return values | {"kind": step.kind.value, "at": step.at.isoformat()}


def _seal(contract: Contract, seal: Seal, marks: Mapping[Party, Mark]) -> dict[str, Any]:
    return {
        "contract": contract.number,
        "sha256": seal.sha256,
        "document_sha256": contract.document.sha256 if contract.document else "",
        "sealed_at": seal.sealed_at.isoformat(),
        "certificate_sha256": seal.certificate,
        "for_trials_only": seal.is_trial,
        "timestamped": seal.is_timestamped,
        "marks": [
            {
                "party": party.value,
                "name": mark.name,
                "title": mark.title,
                "way": mark.way.value,
                "signed_at": mark.signed_at.isoformat(),
                "device_at": mark.device_at.isoformat() if mark.device_at else None,
                "address": mark.address,
                "device": mark.device,
                "document_sha256": mark.document_sha256,
            }
            for party, mark in marks.items()
        ],
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def _csv(lines: Sequence[Mapping[str, Any]]) -> bytes:
    """With a byte order mark, since Chinese spreadsheet programs want one."""
    target = StringIO()
    writer = csv.DictWriter(target, _STEP)
    writer.writeheader()
    writer.writerows(dict(line) | {"detail": json.dumps(line["detail"], ensure_ascii=False)} for line in lines)
    return target.getvalue().encode("utf-8-sig")
