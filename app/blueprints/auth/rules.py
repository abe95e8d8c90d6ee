"""What makes a password too weak, who must stay an administrator, and how a browser calls itself."""

import re
from enum import StrEnum

from app.access import Role
from app.errors import N_, SigningDayError


class Weakness(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    LIKE_THE_ACCOUNT = "like_the_account"


class LastAdministrator(SigningDayError):
    """Without an administrator nobody could let anybody in any more."""

    code = "last_administrator"
    sentence = N_("%(name)s is the last active administrator. Make somebody else administrator first.")


class OwnAccount(SigningDayError):
    """Whoever turns the own account off has locked the door from outside."""

    code = "own_account"
    sentence = N_("You cannot deactivate your own account. Another administrator can.")


class LoginTaken(SigningDayError):
    """Each mail address is one account."""

    code = "login_taken"
    sentence = N_("There is already an account with this mail address.")


class AlreadySetUp(SigningDayError):
    """The first administrator exists; further accounts are made by administrators."""

    code = "already_set_up"
    sentence = N_("Signing Day is set up already. Ask an administrator for an account.")


class TooManyViews(SigningDayError):
    """A menu of saved views has to stay readable."""

    code = "too_many_views"
    sentence = N_("There are %(count)s saved views of this list already. Delete one first.")


class ViewTooLong(SigningDayError):
    """More filters than a saved view can keep."""

    code = "view_too_long"
    sentence = N_("This view has too many filters to be saved.")


# As companies write addresses, those of an internal domain (`.local`) too: nothing is asked of the network.
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
MAIL_ADDRESS = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*")

SHORTEST = 10
LONGEST = 128
LIMITS = {"shortest": SHORTEST, "longest": LONGEST}  # the places in the reasons below
REASONS = {
    Weakness.TOO_SHORT: N_("Too short: at least %(shortest)s characters are wanted. A short sentence is good."),
    Weakness.TOO_LONG: N_("Too long: at most %(longest)s characters can be kept."),
    Weakness.COMMON: N_("This password is among the first that a stranger would try."),
    Weakness.LIKE_THE_ACCOUNT: N_("A password must not be your own name or mail address."),
}
MOST_VIEWS = 30
LONGEST_VIEW = 500  # as wide as its column
# What people type when a form wants ten characters. Digits and case at the ends are taken off before looking.
_COMMON = frozenset(
    {
        "password",
        "passw0rd",
        "p@ssword",
        "p@ssw0rd",
        "qwerty",
        "qwertyuiop",
        "asdfghjkl",
        "administrator",
        "admin",
        "welcome",
        "iloveyou",
        "letmein",
        "changeme",
        "changeit",
        "signingday",
        "signing",
        "company",
        "woaini",
        "woaini1314",
        "mima",
        "qazwsxedc",
        "abcdefghij",
        "abcdefg",
        "abcabcabc",
    }
)
_DIGITS = "01234567890123456789"


def weakness(password: str, *, login: str = "", name: str = "") -> Weakness | None:
    """Return what is wrong with a password, or None. Length is what counts; no mix of characters is asked for."""
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    plain = password.casefold()
    if (
        len(set(plain)) <= 3
        or plain in _DIGITS
        or plain in _DIGITS[::-1]
        or plain.strip("0123456789!@#.*_-") in _COMMON
    ):
        return Weakness.COMMON
    own = {part for part in (login.partition("@")[0].casefold(), login.casefold(), name.casefold()) if len(part) > 3}
    return Weakness.LIKE_THE_ACCOUNT if any(plain.strip("0123456789!@#.*_-") == part for part in own) else None


def keeps_an_administrator(*, is_active: bool, roles: set[Role], other_administrators: int) -> bool:
    """Tell whether an active administrator remains when a person becomes this."""
    return other_administrators > 0 or (is_active and Role.ADMINISTRATOR in roles)


# Looked for in this order: WeChat says Safari or Chrome too, Edge says Chrome, Chrome says Safari.
_BROWSERS = (
    ("WeCom", r"wxwork/"),
    ("WeChat", r"micromessenger/"),
    ("DingTalk", r"dingtalk/"),
    ("Feishu", r"lark/|feishu/"),
    ("Edge", r"edg(?:e|a|ios)?/"),
    ("Firefox", r"firefox/|fxios/"),
    ("Opera", r"opr/"),
    ("Chrome", r"chrome/|crios/"),
    ("Safari", r"safari/"),
)
_SYSTEMS = (
    ("HarmonyOS", r"harmonyos|openharmony"),
    ("Android", r"android"),
    ("iPhone", r"iphone"),
    ("iPad", r"ipad"),
    ("Windows", r"windows"),
    ("macOS", r"mac os x|macintosh"),
    ("Linux", r"linux|x11"),
)


def device(user_agent: str) -> tuple[str, str]:
    """Return browser and system as people call them; empty where the browser does not say."""
    text = user_agent.lower()
    browser = next((name for name, mark in _BROWSERS if re.search(mark, text)), "")
    system = next((name for name, mark in _SYSTEMS if re.search(mark, text)), "")
    return browser, system
