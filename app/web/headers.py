"""What goes with every request and answer: its id, its log line, security headers and who acts."""

import json
import logging
import sys
import time
import uuid
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, request
from flask_login import current_user
from werkzeug.http import parse_options_header

from app import clock, extensions, journal

_LOG = logging.getLogger("signing_day.web")

_CSP = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "img-src": "'self' data: blob:",
}


def csp(**more: str) -> str:
    """Return our content security policy; `script_src="..."` and the like replace or add one directive."""
    rules = _CSP | {name.replace("_", "-"): value for name, value in more.items()}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def name_in_ascii(response: Response) -> None:
    """Write the name of a file that comes along so that it may travel in a header (RFC 6266).

    Phones name pictures in Chinese; the server that stands before us in production refuses such an answer as a whole.
    """
    given = response.headers.get("Content-Disposition", "")
    if given.isascii():
        return
    kind, options = parse_options_header(given)
    name = options.get("filename", "")
    stem, dot, ending = name.rpartition(".")
    plain = f"file{dot}{ending}" if stem and ending.isascii() else "file"
    response.headers.set("Content-Disposition", kind, filename=plain, **{"filename*": f"UTF-8''{quote(name, safe='')}"})


def init(app: Flask) -> None:
    """Attach the hooks. Requests that only read wait for no writer (see extensions)."""

    @app.before_request
    def begin() -> None:
        g.request_id = uuid.uuid4().hex[:16]
        g.began = time.perf_counter()
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            extensions.expect_reading_only()
        else:
            extensions.expect_writing()
        if request.endpoint == "static":
            return
        journal.act_as(
            journal.Actor(
                name=current_user.name or "guest",
                user_id=current_user.id,
                address=request.remote_addr or "",
                request_id=g.request_id,
            )
        )

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        name_in_ascii(response)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
        response.headers.setdefault("Content-Security-Policy", csp())
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint == "static":
            response.cache_control.no_cache = None  # Flask's own word; it would have each page ask for all of them anew
            response.cache_control.public = True
            response.cache_control.max_age = 31_536_000 if "v" in request.args else 3600
        else:
            response.headers.setdefault("Cache-Control", "no-store")
            _log(response)
        return response


def _log(response: Response) -> None:
    """One line a request. The address's pattern is written, never the address itself: links are secrets."""
    _LOG.info(
        "request",
        extra={
            "facts": {
                "request_id": g.get("request_id", ""),
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else "-",
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                "user_id": current_user.id if request.url_rule else None,
            }
        },
    )


class JsonLines(logging.Formatter):
    """A JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """The same for reading by eye."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{key}={value}" for key, value in getattr(record, "facts", {}).items())
        trace = "\n" + self.formatException(record.exc_info) if record.exc_info else ""
        return f"{clock.now():%H:%M:%S} {record.levelname:7} {record.name}: {record.getMessage()} {facts}{trace}"


def start_logging(*, level: str, as_json: bool) -> None:
    """Send our log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    logger = logging.getLogger("signing_day")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False
