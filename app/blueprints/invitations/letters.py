"""The invitation letter of one guest, from what is on record."""

from app import clock, links, phones
from app.blueprints.invitations.print import LetterFacts, invitation_letter
from app.models import GuestKind, Invitation
from app.texts import known


def letter_of(invitation: Invitation) -> bytes:
    """Return the guest's letter as PDF, in the guest's language, else the event's."""
    event, dealer = invitation.event, invitation.dealer
    facts = LetterFacts(
        event=event.name,
        theme=event.theme,
        organizer=event.organizer or links.company_name(),
        co_organizer=event.co_organizer,
        starts_at=event.local_start,
        ends_at=event.local_end,
        venue=event.venue,
        address=event.venue_address,
        hall=event.hall,
        guest=dealer.contact,
        company=dealer.company,
        reply_url=links.reply_page(invitation.token),
        companions=invitation.companions_allowed,
        reply_by=clock.local(event.replies_close, event.time_zone).date(),
        contact=event.contact_name,
        contact_phone=phones.display(event.contact_phone),
        written_on=clock.local(invitation.invited_at or clock.now(), event.time_zone).date(),
        number=f"{event.slug.upper()}-{invitation.id:04d}",
        is_dealer=invitation.kind is GuestKind.DEALER,
    )
    return invitation_letter(facts, known(dealer.locale, known(event.language, "zh_CN")))
