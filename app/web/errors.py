"""The one place where errors become answers."""

import logging
from decimal import Decimal
from typing import Any

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.errors import SigningDayError, StaleChange
from app.extensions import db
from app.web.locale import amount
from app.web.render import wants_fragment

_LOG = logging.getLogger("signing_day.web")


def sentence(error: SigningDayError) -> str:
    """Return what a person reads, in the language of the request."""
    facts = {name: amount(fact) if isinstance(fact, Decimal) else fact for name, fact in error.facts.items()}
    return gettext(error.sentence) % facts


def wants_json() -> bool:
    """Tell whether a program asks: one of the API, or a page that sends what was done without network."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def in_json(status: int, code: str, text: str) -> Response:
    """Answer a program that something cannot be: a stable code, and the sentence a person would read."""
    response = jsonify(error=code, text=text, request_id=g.get("request_id", ""))
    response.status_code = status
    return response


def answer(status: int, code: str, text: str) -> Response:
    """Answer an error as page, fragment or JSON."""
    if wants_json():
        return in_json(status, code, text)
    template = "errors/_fragment.html" if wants_fragment() else "errors/page.html"
    return make_response(render_template(template, status=status, code=code, text=text), status)


def init(app: Flask) -> None:
    """Register the handlers. Each rolls back first, so nothing half done is committed by a later step."""

    @app.errorhandler(SigningDayError)
    def broken_rule(error: SigningDayError) -> Response:
        db.session.rollback()
        return answer(409, error.code, sentence(error))

    @app.errorhandler(StaleDataError)
    def stale(error: StaleDataError) -> Response:
        return broken_rule(StaleChange())

    @app.errorhandler(CSRFError)
    def csrf(error: CSRFError) -> Response:
        db.session.rollback()
        return answer(400, "form_expired", gettext("This page was open for too long. Please load it again and retry."))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        db.session.rollback()
        if error.response is not None or error.code is None or error.code < 400:
            return error.get_response()
        response = answer(error.code, error.name.lower().replace(" ", "_"), _texts().get(error.code, error.name))
        if (retry := getattr(error, "retry_after", None)) is not None:
            response.headers["Retry-After"] = str(retry)
        return response

    @app.errorhandler(Exception)
    def bug(error: Exception) -> Response:
        db.session.rollback()
        _LOG.exception("bug", extra={"facts": {"request_id": g.get("request_id", "")}})
        return answer(500, "bug", gettext("Something went wrong on our side. Nothing was changed."))


def _texts() -> dict[int, str]:
    return {
        400: gettext("The request could not be understood."),
        401: gettext("Please sign in."),
        403: gettext("Your role does not allow this."),
        404: gettext("This page does not exist, or no longer."),
        405: gettext("This address does not take such a request."),
        410: gettext("This link is no longer valid."),
        413: gettext("The file is too large."),
        429: gettext("Too many tries. Please wait a minute."),
    }
