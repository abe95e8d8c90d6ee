"""Addresses of our static files, with a mark of their content so that browsers may keep them for a year."""

import hashlib
from functools import cache
from pathlib import Path

from flask import current_app, g, url_for


@cache
def _mark(path: Path, changed_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """Return the address of `static/<name>`. A list asks for the icons hundreds of times, so a request remembers it."""
    known: dict[str, str] = g.setdefault("assets", {})
    if name not in known:
        known[name] = _address(name)
    return known[name]


def _address(name: str) -> str:
    path = Path(str(current_app.static_folder)) / name
    if not path.is_file():
        raise FileNotFoundError(f"{name} is missing; `make setup` brings the front-end files")
    return url_for("static", filename=name, v=_mark(path, path.stat().st_mtime_ns))
