"""In which language a request is answered, and how dates, sums and counts read in it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask, current_app, g, has_request_context, request, session
from flask_babel import get_locale, gettext, ngettext, refresh
from flask_login import current_user

from app import clock
from app.phones import display
from app.texts import LOCALES, known

# CLDR's own Chinese patterns leave no blank before the weekday; people here write one.
_DAY = {"zh": "M月d日 EEE", "en": "EEE d MMM"}
_LONG_DAY = {"zh": "y年M月d日 EEEE", "en": "EEEE, d MMMM y"}
DEFAULT_ZONE = "Asia/Shanghai"


def select_locale() -> str | None:
    """The account's language, else what was switched to, else what the browser asks for, else the setting."""
    if not has_request_context():
        return None
    if (spoken := g.get("guest_locale")) is not None:
        return str(session.get("locale") if session.get("locale") in LOCALES else spoken)
    if current_user.locale in LOCALES:
        return str(current_user.locale)
    if session.get("locale") in LOCALES:
        return str(session["locale"])
    wanted = request.accept_languages.best_match(["zh-CN", "zh", "en"])
    return None if wanted is None else "en" if wanted == "en" else "zh_CN"


def language() -> str:
    """Return the page's language by the name our translations have (`str(get_locale())` says zh_Hans_CN)."""
    return "en" if get_locale().language == "en" else "zh_CN"


def speak(locale: str | None) -> None:
    """Answer this request in a guest's language, unless the guest switched to the other one."""
    g.guest_locale = known(locale, str(current_app.config["DEFAULT_LOCALE"]))
    refresh()


def page_zone() -> str:
    """The time zone of the page's event, else ours."""
    event = g.get("event")
    return event.time_zone if event is not None else DEFAULT_ZONE


def _shown(value: datetime | date, zone: str | None) -> datetime | date:
    return clock.local(value, zone or page_zone()) if isinstance(value, datetime) else value


def day(value: datetime | date | None, zone: str | None = None) -> str:
    """11月26日 周四 / Thu 26 Nov; with the year when it is another one."""
    if value is None:
        return ""
    shown = _shown(value, zone)
    language = get_locale().language
    pattern = _DAY[language]
    if shown.year != clock.today(zone or page_zone()).year:
        pattern = {"zh": "y年M月d日 EEE", "en": "EEE d MMM y"}[language]
    return format_date(shown, pattern, locale=get_locale())


def long_day(value: datetime | date, zone: str | None = None) -> str:
    """2026年11月26日 星期四 / Thursday, 26 November 2026."""
    return format_date(_shown(value, zone), _LONG_DAY[get_locale().language], locale=get_locale())


def month(value: datetime | date, zone: str | None = None) -> str:
    """11月 / Nov."""
    return format_date(_shown(value, zone), "MMM", locale=get_locale())


def weekday(value: datetime | date, zone: str | None = None) -> str:
    """星期四 / Thursday."""
    return format_date(_shown(value, zone), "EEEE", locale=get_locale())


def at(value: datetime | None, zone: str | None = None) -> str:
    """09:00."""
    return "" if value is None else format_time(clock.local(value, zone or page_zone()), "HH:mm", locale=get_locale())


def moment(value: datetime | None, zone: str | None = None) -> str:
    """11月26日 周四 09:00."""
    return "" if value is None else f"{day(value, zone)} {at(value, zone)}"


def iso(value: datetime | date | None, zone: str | None = None) -> str:
    """2026-11-26 09:00, for tables of data."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return format_datetime(_shown(value, zone), "yyyy-MM-dd HH:mm", locale="en")
    return value.isoformat()


def days_to(value: datetime | date, zone: str | None = None) -> int:
    """Whole calendar days from today to that day, in the event's zone; negative when it is over."""
    shown = _shown(value, zone)
    last = shown.date() if isinstance(shown, datetime) else shown
    return (last - clock.today(zone or page_zone())).days


def span(value: datetime | date, zone: str | None = None) -> str:
    """今天 / 还有 3 天 / 已过 2 天."""
    days = days_to(value, zone)
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days > 0:
        return ngettext("%(num)s day to go", "%(num)s days to go", days)
    return ngettext("%(num)s day ago", "%(num)s days ago", -days)


def number(value: float | Decimal | None) -> str:
    return "" if value is None else format_decimal(value, locale=get_locale())


def percent(value: float | None) -> str:
    return "" if value is None else format_percent(value, "#,##0%", locale=get_locale())


def money(value: Decimal | None, currency: str = "CNY") -> str:
    """¥128,000.00. Chinese readers know ¥ as theirs; English readers are told which: CN¥."""
    return "" if value is None else format_currency(value, currency, locale=get_locale())


def amount(value: Decimal | None) -> str:
    """128,000.00: a sum in a table whose heading names the currency."""
    return "" if value is None else format_decimal(value, "#,##0.00", locale=get_locale())


def init(app: Flask) -> None:
    """Give templates the filters."""
    filters: dict[str, Any] = {
        "day": day,
        "long_day": long_day,
        "clock": at,
        "month": month,
        "weekday": weekday,
        "moment": moment,
        "iso": iso,
        "days_to": days_to,
        "span": span,
        "number": number,
        "percent": percent,
        "money": money,
        "amount": amount,
        "mobile": display,
    }
    app.jinja_env.filters.update(filters)
