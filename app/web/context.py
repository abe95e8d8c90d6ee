"""What every template knows."""

from typing import Any

from flask import Flask, g, request
from flask_babel import get_locale
from flask_login import current_user

from app import clock, jobs
from app.texts import LOCALES
from app.web.locale import days_to
from app.web.nav import bar, door, event_nav, frame, nav
from app.web.static import asset
from app.web.words import word

THEMES = ("auto", "light", "dark")


def _theme() -> str:
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def _running_jobs() -> int:
    """How many of the person's long jobs go on. Only the frame of a whole page asks, so fragments do without."""
    return jobs.unfinished_of(current_user.id) if current_user.is_authenticated else 0


def _shared() -> dict[str, Any]:
    return {
        **frame(),
        "event": g.get("event"),
        "can": current_user.can,
        "running_jobs": _running_jobs,
        "theme": _theme(),
        "locales": LOCALES,
        "locale": "zh_CN" if get_locale().language == "zh" else "en",
        "html_lang": "zh-CN" if get_locale().language == "zh" else "en",
        "request_id": g.get("request_id", ""),
    }


def init(app: Flask) -> None:
    """Give templates the shared values. Fragments pay neither for a query nor for the navigation."""
    app.context_processor(_shared)
    app.jinja_env.globals.update(nav=nav, event_nav=event_nav, bar=bar)  # only the frame of a whole page calls them
    app.jinja_env.globals.update(asset=asset, door=door, word=word, now=clock.now, days_to=days_to)
    app.jinja_env.filters["word"] = lambda value: word(value).text
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
