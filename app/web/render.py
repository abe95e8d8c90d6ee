"""Answering: a whole page, or the fragment of it that htmx asked for."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part of the page. A restored history entry wants the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def page(template: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render the page, or its fragment when htmx asks for one.

    Both live at the same address, so caches are told which header decides.
    """
    name = fragment if fragment and wants_fragment() else template
    response = make_response(render_template(name, **context), status)
    response.vary.add("HX-Request")
    return response


def invalid(template: str, *, fragment: str | None = None, **context: Any) -> Response:
    """Render the form again with what was typed and what is wrong with it."""
    return page(template, fragment=fragment, status=422, **context)


def back_to(endpoint: str, **values: Any) -> BaseResponse:
    """Send the browser on after something was changed (303: the next request is a GET)."""
    return redirect(url_for(endpoint, **values), 303)


def safe_path(address: str | None) -> str | None:
    """Return the address when it stays on this site, else None: `next` comes from outside."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return None if any(character in address for character in "\r\n\t\\") else address


def back_or(default: str) -> BaseResponse:
    """Send the browser back to where the form says it came from (`next`), or else to `default`."""
    return redirect(safe_path(request.form.get("next") or request.args.get("next")) or default, 303)
