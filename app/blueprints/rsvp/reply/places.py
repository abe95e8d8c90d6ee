"""What a guest's telephone is good for on the day: the map, and whom to call."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask_babel import lazy_gettext as _

from app.models import Dealer, Event, Invitation


@dataclass(frozen=True)
class MapLink:
    """A map that opens at the venue."""

    label: Any
    url: str


def map_links(event: Event) -> list[MapLink]:
    """Return the planner's own link, else maps looked up by the address: one for China, one for iPhones."""
    if event.map_url.startswith(("https://", "http://")):
        return [MapLink(_("Show on the map"), event.map_url)]
    place = event.venue_address or event.venue
    if not place:
        return []
    named = quote(" ".join(dict.fromkeys(part for part in (event.venue, place) if part)))
    return [
        MapLink(_("Amap"), f"https://uri.amap.com/search?keyword={named}&src=signing-day&callnative=1"),
        MapLink(_("Apple Maps"), f"https://maps.apple.com/?q={named}"),
    ]


def name_of(dealer: Dealer, language: str) -> str:
    """Return how a guest is called: in Chinese name and title, in English the Latin name where one is known."""
    if language != "zh" and dealer.latin_name:
        return dealer.latin_name
    return f"{dealer.contact} {dealer.contact_title}".strip()


@dataclass(frozen=True)
class Contact:
    """Whom a guest calls."""

    name: str
    phone: str


def contact_of(invitation: Invitation) -> Contact:
    """Return the event's contact, or else the guest's own rep."""
    event, rep = invitation.event, invitation.rep
    if event.contact_phone or rep is None:
        return Contact(event.contact_name, event.contact_phone)
    return Contact(rep.name, rep.mobile or "")
