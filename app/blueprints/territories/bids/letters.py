"""What a rep is told about a queue, in the rep's language."""

from dataclasses import dataclass

from app import clock, links, mail_page
from app.errors import N_
from app.models import Channel, Event, TerritoryBid, TerritoryGrant, User
from app.texts import gettext, known


@dataclass(frozen=True)
class Kind:
    """A kind of message: its name in the outbox and its words."""

    template: str
    subject: str
    text: str


OFFERED = Kind(
    "territory_offered",
    N_("%(region)s is free for %(dealer)s until %(until)s"),
    N_(
        "Hello %(name)s,\n\n"
        "%(region)s (%(line)s) has become free. You are next in the queue, so it is held for %(dealer)s "
        "until %(until)s.\n\n"
        "Keep it, or let it go so that the next one gets it:\n\n"
        "%(url)s\n"
    ),
)
GONE = Kind(
    "territory_gone",
    N_("%(region)s has been signed by another dealer"),
    N_(
        "Hello %(name)s,\n\n"
        "%(taken)s (%(line)s) has just been signed by another dealer. %(dealer)s is waiting for %(region)s. "
        "See what is still free nearby:\n\n"
        "%(url)s\n"
    ),
)


@dataclass(frozen=True)
class Letter:
    """A message ready for the outbox."""

    channel: Channel
    address: str
    locale: str
    subject: str
    text: str
    html: str


def write(kind: Kind, event: Event, rep: User, bid: TerritoryBid, grant: TerritoryGrant) -> Letter:
    """Return the message to a rep. The time is that of the event's place."""
    locale = known(rep.locale, known(event.language, "zh_CN"))
    until = clock.local(grant.held_until, event.time_zone).strftime("%H:%M") if grant.held_until else ""
    places = {
        "name": rep.name,
        "dealer": bid.dealer.company,
        "region": bid.region.name,
        "taken": grant.region.name,
        "line": bid.line.name,
        "until": until,
        "url": links.public(f"/events/{event.slug}/territories/?region={bid.region_id}"),
    }
    subject = gettext(locale, kind.subject, **places)[:200]
    text = gettext(locale, kind.text, **places)
    sender = event.organizer or links.company_name()
    shell = mail_page.Letter(locale=locale, title=subject, sender=sender, button=gettext(locale, N_("Open the board")))
    return Letter(Channel.MAIL, rep.login, locale, subject, text, mail_page.page(shell, text))
