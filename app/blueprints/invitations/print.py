"""The invitation letter 邀请函 on paper: one page, as a Chinese office writes it, or as an English one does."""

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from app import pdf, qr, texts

# Nobody is addressed as "Mr/Ms" who already has a title.
_TITLED: Final = re.compile(
    r"(?:先生|女士|小姐|[总董]|经理|主任|处长|局长|科长|书记|会长|秘书长|教授|院长|博士|医生|老师|记者)$"
    r"|^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Madam)\b"
)
_DAY: Final = {"zh_CN": "y年M月d日", "en": "d MMMM y"}
_WEEKDAY: Final = {"zh_CN": "y年M月d日（EEEE）", "en": "EEEE, d MMMM y"}
_SPAN: Final = {"zh_CN": "{day}{start}–{end}", "en": "{day}, {start}–{end}"}
_SPAN_OF_DAYS: Final = {"zh_CN": "{day}{start} 至 {last}{end}", "en": "{day}, {start} to {last}, {end}"}


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says. Times are wall-clock times of the event; empty texts leave their sentence out.

    `salutation` replaces the guest's name after "Dear". `is_dealer` chooses between the paragraph for those who may
    sign and the one for experts, press and authorities. `reply_url` is personal and goes into the QR code.
    """

    event: str
    organizer: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    guest: str
    reply_url: str
    written_on: date
    theme: str = ""
    co_organizer: str = ""
    address: str = ""
    hall: str = ""
    company: str = ""
    salutation: str = ""
    companions: int = 0
    reply_by: date | None = None
    contact: str = ""
    contact_phone: str = ""
    number: str = ""
    is_dealer: bool = True


def invitation_letter(facts: LetterFacts, language: str = "zh_CN") -> bytes:
    """The letter as PDF/A-3u on A4, in the documents' language of the event (`zh_CN` or `en`)."""
    html = pdf.page_html(
        "invitations/print/letter.html",
        language,
        facts=facts,
        is_chinese=language.startswith("zh"),
        gap="" if language.startswith("zh") else " ",
        has_title=bool(_TITLED.search(facts.guest)),
        day=_unbroken(_date(facts.starts_at, _DAY, language)),
        when=when(facts.starts_at, facts.ends_at, language),
        reply_by=_unbroken(_date(facts.reply_by, _DAY, language)) if facts.reply_by else "",
        written_on=_date(facts.written_on, _DAY, language),
        code="data:image/png;base64," + b64encode(qr.png(facts.reply_url)).decode("ascii"),
    )
    return pdf.render(html, archival=True)


def when(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """Day and hours of an event in words: a span of hours on one day, or from one day to another."""
    parts = {
        "day": _date(starts_at, _WEEKDAY, language),
        "last": _date(ends_at, _WEEKDAY, language),
        "start": f"{starts_at:%H:%M}",
        "end": f"{ends_at:%H:%M}",
    }
    pattern = _SPAN if starts_at.date() == ends_at.date() else _SPAN_OF_DAYS
    return pattern[language].format(**parts)


def _date(day: date, patterns: dict[str, str], language: str) -> str:
    return format_date(day, patterns[language], locale=texts.parsed(language))


def _unbroken(words: str) -> str:
    """The words with blanks at which no line ends, so that a day of the month stays with its month."""
    return words.replace(" ", "\u00a0")
