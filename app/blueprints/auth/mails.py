"""The two letters that accounts get. They are written in the reader's language and wait in the outbox."""

from datetime import timedelta

from app import outbox
from app.errors import N_
from app.models import Channel, User
from app.texts import gettext, known
from app.tokens import digest

RESET = "password_reset"
OPENED = "account_opened"
RESET_VALID = timedelta(hours=1)
OPENED_VALID = timedelta(days=3)

_RESET_SUBJECT = N_("Set a new password for %(product)s")
_RESET_TEXT = N_(
    "Hello %(name)s,\n\n"
    "somebody, most likely you, asked for a new password for %(product)s. "
    "Open this link within one hour and set it:\n\n"
    "%(url)s\n\n"
    "The link works once. If it was not you, do nothing: your password stays as it is.\n"
)
_OPENED_SUBJECT = N_("Your account for %(product)s")
_OPENED_TEXT = N_(
    "Hello %(name)s,\n\n"
    "%(by)s has opened an account for you in %(product)s. Open this link within three days and set your password:\n\n"
    "%(url)s\n\n"
    "The link works once. Afterwards you sign in with this mail address.\n"
)


def post_reset(user: User, *, token: str, url: str, product: str, fallback_locale: str) -> None:
    """Send the link that somebody asked for on the sign-in page."""
    _post(user, RESET, token, fallback_locale, (_RESET_SUBJECT, _RESET_TEXT), url=url, product=product)


def post_opened(user: User, *, token: str, url: str, product: str, fallback_locale: str, by: str) -> None:
    """Send the link with which a new account gets its password."""
    _post(user, OPENED, token, fallback_locale, (_OPENED_SUBJECT, _OPENED_TEXT), url=url, product=product, by=by)


def _post(user: User, template: str, token: str, fallback: str, words: tuple[str, str], **places: str) -> None:
    locale = known(user.locale, fallback)
    subject, text = words
    outbox.post(
        key=f"{template}:{digest(token)[:32]}",
        template=template,
        channel=Channel.MAIL,
        address=user.login,
        locale=locale,
        subject=gettext(locale, subject, name=user.name, **places)[:200],
        text=gettext(locale, text, name=user.name, **places),
        user_id=user.id,
    )
