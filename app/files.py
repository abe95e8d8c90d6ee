"""Bytes that people upload and jobs make, kept in the data folder under their SHA-256."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from app import clock
from app.extensions import db
from app.models import File


def keep(content: bytes, *, folder: Path, name: str, media_type: str, by_id: int | None = None) -> File:
    """Store bytes and return their row (flushed, not committed). The same bytes twice lie on disk once.

    The file is complete before it gets its name, so a crash leaves no half file behind.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    target = _place(folder, sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    row = File(
        sha256=sha256,
        name=name[:200],
        media_type=media_type,
        size=len(content),
        created_at=clock.now(),
        created_by_id=by_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def read(row: File, *, folder: Path) -> bytes:
    """Return the bytes of a stored file."""
    return _place(folder, row.sha256).read_bytes()


def remove(hashes: Iterable[str], *, folder: Path) -> None:
    """Remove bytes from the disk for good; what is gone already is passed over. The rows of the files stay."""
    for sha256 in hashes:
        _place(folder, sha256).unlink(missing_ok=True)


def _place(folder: Path, sha256: str) -> Path:
    return folder / "files" / sha256[:2] / sha256
