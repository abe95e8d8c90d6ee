"""What a reminder to close out says, in the language of the person."""

from app import clock, links, mail_page
from app.blueprints.staff.closeout.queries import Sheet
from app.blueprints.staff.notice.letters import address_of, locale_of, page_of
from app.errors import N_
from app.models import Channel, Event, Message
from app.texts import gettext

TEMPLATE = "closeout_reminder"
_SUBJECT = N_("To close out: %(event)s")
_MAIL = N_(
    "Hello %(name)s,\n\n"
    "%(event)s is over. Thank you for your work. This is still open with you:\n\n"
    "%(items)s\n\n"
    "Please tick on your own page what is done. It needs no sign-in.\n\n"
    "%(url)s\n"
)
_SMS = N_("%(organizer)s: %(name)s, %(count)s things are open with you after %(event)s. Please tick them: %(url)s")


def message(event: Event, sheet: Sheet, token: str, key: str) -> Message | None:
    """Return the reminder ready for the outbox; None for whoever has no address."""
    person = sheet.person
    address = address_of(person)
    if address is None:
        return None
    subject, text, html = _write(event, sheet, token, address.channel)
    return Message(
        key=key,
        event_id=event.id,
        user_id=person.user_id,
        template=TEMPLATE,
        channel=address.channel,
        address=address.address,
        locale=locale_of(person, event),
        subject=subject,
        text=text,
        html=html,
        due_at=clock.now(),
    )


def _write(event: Event, sheet: Sheet, token: str, channel: Channel) -> tuple[str, str, str]:
    """Return subject, text and page."""
    locale = locale_of(sheet.person, event)
    organizer = event.organizer or links.company_name()
    open_ = [each.text for each in sheet.items if each.is_open]
    places = {
        "name": sheet.person.name,
        "event": event.name,
        "organizer": organizer,
        "url": page_of(token),
        "count": len(open_),
        "items": "\n".join(f"□ {text}" for text in open_),
    }
    subject = gettext(locale, _SUBJECT, event=event.name)[:200]
    if channel is Channel.SMS:
        return subject, gettext(locale, _SMS, **places), ""
    text = gettext(locale, _MAIL, **places)
    button = gettext(locale, N_("Look and tick"))
    shell = mail_page.Letter(locale=locale, title=subject, sender=organizer, button=button)
    return subject, text, mail_page.page(shell, text)
