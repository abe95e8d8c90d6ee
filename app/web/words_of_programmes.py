"""How kinds of sessions, what they cover, and people in front read and look: text, tone and icon."""

from enum import StrEnum

from flask_babel import LazyString, lazy_gettext

from app.models import FrontKind, Point, SessionKind

_ = lazy_gettext

WORDS: tuple[tuple[StrEnum, tuple[LazyString, str, str]], ...] = (
    (SessionKind.TALK, (_("Lecture"), "blue", "presentation")),
    (SessionKind.CEREMONY, (_("Ceremony"), "purple", "flag")),
    (SessionKind.SIGNING, (_("Signing"), "green", "signature")),
    (SessionKind.BREAK, (_("Break"), "secondary", "clock-pause")),
    (SessionKind.MEAL, (_("Meal"), "secondary", "tools-kitchen-2")),
    (Point.MARKET, (_("Is there a market?"), "blue", "chart-bar")),
    (Point.MARGIN, (_("Is there margin?"), "blue", "coins")),
    (Point.SUPPORT, (_("Will support come?"), "blue", "heart-handshake")),
    (Point.COMPANY, (_("Is the company able and honest?"), "blue", "building")),
    (Point.TRUST_COMPANY, (_("Trust in the company"), "purple", "building-community")),
    (Point.TRUST_PRODUCT, (_("Trust in the product"), "purple", "package")),
    (Point.TRUST_MODEL, (_("Trust in the model"), "purple", "sitemap")),
    (Point.TRUST_MARGIN, (_("Trust in the margin"), "purple", "trending-up")),
    (Point.TRUST_CONTRACT, (_("Trust in the contract"), "purple", "contract")),
    (FrontKind.SPEAKER, (_("Speaker"), "blue", "microphone")),
    (FrontKind.LEADER, (_("Leader of the company"), "purple", "crown")),
    (FrontKind.HONOUR, (_("Guest of honour"), "orange", "star")),
    (FrontKind.OFFICIAL, (_("Official"), "red", "building-bank")),
    (FrontKind.PRESS, (_("Press"), "teal", "camera")),
)
