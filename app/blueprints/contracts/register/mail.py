"""Mails of the register to our own people, each in their own language."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from app import clock, links, mail_page, outbox
from app.models import Channel, Message, User
from app.texts import gettext, known

ZONE = ZoneInfo("Asia/Shanghai")


def post(
    people: Sequence[User], template: str, words: tuple[str, str, str], path: str, key: str, **values: object
) -> list[Message]:
    """Write to people, once for each `key`: `words` are the message ids of subject, text and button."""
    return outbox.post_all([_message(each, template, words, path, key, values) for each in people if each.is_active])


def _message(
    to: User, template: str, words: tuple[str, str, str], path: str, key: str, values: dict[str, object]
) -> Message:
    locale = known(to.locale, "zh_CN")
    places = {"name": to.name, "url": links.public(path), **values}
    subject = " ".join(gettext(locale, words[0], **places).split())[:200]
    body = gettext(locale, words[1], **places)
    shell = mail_page.Letter(
        locale=locale, title=subject, sender=links.company_name(), button=gettext(locale, words[2])
    )
    return Message(
        key=f"{key}:{to.id}",
        user_id=to.id,
        template=template,
        channel=Channel.MAIL,
        address=to.login,
        locale=locale,
        subject=subject,
        text=body,
        html=mail_page.page(shell, body),
        due_at=clock.now(),
    )
