"""The messages the house knows: what each is for, which variables it has, and the house's own words for it."""

from dataclasses import dataclass

from app.blueprints.messages import wording_en, wording_zh
from app.errors import N_
from app.models import Channel

# Variable -> what it stands for, as the page Wording explains it.
OF_GUEST = {
    "contact": N_("The guest’s name"),
    "title": N_("The guest’s job title"),
    "company": N_("The guest’s company"),
    "link": N_("The guest’s own page; alone on a line of a mail it becomes the button"),
    "rep": N_("Our rep for this guest"),
    "rep_phone": N_("The rep’s mobile number"),
    "companions_allowed": N_("How many people the guest may bring"),
}
OF_EVENT = {
    "event": N_("The event’s name"),
    "theme": N_("The event’s theme"),
    "day": N_("The day it begins"),
    "time": N_("The time it begins"),
    "ends": N_("The time it ends, with the day when it is another one"),
    "venue": N_("The venue"),
    "hall": N_("The hall"),
    "address": N_("The venue’s address"),
    "map": N_("The link to the map"),
    "organizer": N_("The organizer"),
    "contact_name": N_("Whom a guest calls"),
    "contact_phone": N_("The number to call"),
    "reply_by": N_("Until when a reply can be given or changed"),
}
RECORD = {"record": N_("What is on record for the guest: the answer, companions, arrival, hotel")}
OF_PERSON = {
    "name": N_("The name of whoever works at the event"),
    "link": N_("The person’s own page; alone on a line of a mail it becomes the button"),
}
DUTIES = {
    "duties": N_("The person’s duties, one a line: day, hours, role, station"),
    "first": N_("Day and hours of the first duty"),
}
MISSING = {
    "count": N_("How many people are missing"),
    "missing": N_("Who is missing, one a line: name, mobile, role, station, shift, and who stands in"),
}
INCIDENT = {
    "what": N_("What has happened"),
    "place": N_("Where"),
    "reported_by": N_("Who reported it"),
    "at": N_("When it was reported"),
}
CONTRACT = {
    "name": N_("Whoever the message goes to"),
    "link": N_("The copy, or the contract’s page; alone on a line of a mail it becomes the button"),
    "dealer": N_("The dealer’s company"),
    "number": N_("The contract’s number"),
    "contract": N_("The contract’s title"),
    "total": N_("The contract’s sum"),
    "signed_on": N_("The day both have signed"),
    "rep": N_("Our rep for this contract"),
    "rep_phone": N_("The rep’s mobile number"),
    "why": N_("Why it became void"),
}
PAYMENT = {
    "name": N_("Whoever the message goes to"),
    "dealer": N_("The dealer’s company"),
    "number": N_("The contract’s number"),
    "what": N_("Which payment it is"),
    "open_sum": N_("What is still to be paid"),
    "due_day": N_("The day it is due"),
    "rep": N_("Our rep for this contract"),
    "rep_phone": N_("The rep’s mobile number"),
}
NOTE = {"text": N_("What is to be told"), "sender": N_("Who tells it")}
OF_REP = {
    "rep": N_("The rep"),
    "count": N_("How many guests are to be called"),
    "guests": N_("The guests to be called, one a line: name, company, mobile"),
    "link": N_("The call list; alone on a line of a mail it becomes the button"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of message. `at_once` is not held by quiet hours: it answers something the guest has just done, or
    tells the staff of something that cannot wait."""

    key: str
    label: str
    purpose: str
    button: str
    variables: dict[str, str]
    at_once: bool = False
    to_guest: bool = True
    to_staff: bool = False
    outlasts: bool = False  # sent even when the event is closed by then


_GUEST = OF_GUEST | OF_EVENT


def _of_staff(
    key: str, label: str, purpose: str, button: str, variables: dict[str, str], *, at_once: bool = False
) -> Kind:
    values = OF_PERSON | variables | OF_EVENT
    return Kind(key, label, purpose, button, values, at_once=at_once, to_guest=False, to_staff=True)


def _of_contract(key: str, label: str, purpose: str, button: str, *, at_once: bool = True) -> Kind:
    values = CONTRACT | OF_EVENT
    return Kind(key, label, purpose, button, values, at_once=at_once, to_guest=False, to_staff=True, outlasts=True)


def _of_payment(key: str, label: str, purpose: str) -> Kind:
    return Kind(
        key, label, purpose, N_("Open my page"), PAYMENT | OF_EVENT, to_guest=False, to_staff=True, outlasts=True
    )


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "invitation",
            N_("Invitation"),
            N_("Sent when guests are invited, with the invitation letter."),
            N_("View invitation and reply"),
            _GUEST,
        ),
        Kind(
            "reminder",
            N_("Reminder"),
            N_("To invited guests who have not answered."),
            N_("Reply now"),
            _GUEST,
        ),
        Kind(
            "reply_received",
            N_("Reply received"),
            N_("Thanks the guest and repeats what is on record."),
            N_("View or change my reply"),
            _GUEST | RECORD,
            at_once=True,
        ),
        Kind(
            "reconfirm",
            N_("Question before the day"),
            N_("Asks again some days before: coming, not coming, or somebody else."),
            N_("Confirm now"),
            _GUEST,
        ),
        Kind(
            "waiting_list_moved_up",
            N_("Seat after waiting"),
            N_("To a guest of the waiting list who has a seat now."),
            N_("View my seat"),
            _GUEST,
        ),
        Kind(
            "event_moved",
            N_("Event moved"),
            N_("Tells the new time and place."),
            N_("View the new details"),
            _GUEST,
        ),
        Kind(
            "welcome",
            N_("Welcome"),
            N_("To a guest who has just checked in."),
            N_("Open my page"),
            _GUEST,
            at_once=True,
        ),
        Kind(
            "silent_for_rep",
            N_("Guests to call"),
            N_("To a rep: the guests who did not answer the question before the day."),
            N_("Open the call list"),
            OF_REP | OF_EVENT,
            to_guest=False,
        ),
        _of_staff(
            "duty_notice",
            N_("Duty notice"),
            N_("Tells whoever works at the event what to do, and asks whether they can."),
            N_("Look and answer"),
            DUTIES,
        ),
        _of_staff(
            "staff_missing",
            N_("Staff missing"),
            N_("To the executive commander: who has not come to the shift. Not held by quiet hours."),
            N_("See who is here"),
            MISSING,
            at_once=True,
        ),
        _of_staff(
            "incident",
            N_("Incident"),
            N_("To whoever is to see to something that went wrong."),
            N_("Open my page"),
            INCIDENT,
        ),
        _of_staff(
            "emergency",
            N_("Emergency"),
            N_("To whoever is to see to an emergency. Not held by quiet hours."),
            N_("Open my page"),
            INCIDENT,
            at_once=True,
        ),
        _of_staff(
            "staff_note",
            N_("Note to the staff"),
            N_("What a planner writes to all, a role, a station or a shift."),
            N_("Open my page"),
            NOTE,
        ),
        _of_staff(
            "staff_note_urgent",
            N_("Urgent note to the staff"),
            N_("The same, marked as urgent. Not held by quiet hours."),
            N_("Open my page"),
            NOTE,
            at_once=True,
        ),
        _of_contract(
            "contract_copy",
            N_("Copy of the contract"),
            N_("To the dealer as soon as both have signed: congratulations, and the link to the sealed copy."),
            N_("Download my copy"),
        ),
        _of_contract(
            "contract_congratulation",
            N_("Congratulation"),
            N_("To the signatory’s phone on the day of the signing."),
            N_("Download my copy"),
            at_once=False,
        ),
        _of_contract(
            "contract_thanks",
            N_("Greeting after the signing"),
            N_("Thanks the dealer in writing, two days after the signing."),
            N_("Open my copy"),
            at_once=False,
        ),
        _of_contract(
            "contract_sealed",
            N_("Contract signed"),
            N_("To the rep and to finance: both have signed, and these payments are due."),
            N_("Open the contract"),
        ),
        _of_contract(
            "contract_void",
            N_("Contract void"),
            N_("To the dealer, the rep and finance: a signed contract was declared void."),
            N_("See what is on record"),
        ),
        _of_payment(
            "payment_friendly",
            N_("Payment due"),
            N_("To a dealer, before and on the day a payment is due. Never sent once it is paid."),
        ),
        _of_payment(
            "payment_firm",
            N_("Payment overdue"),
            N_("To a dealer who has not paid. Never sent once it is paid, or while a promise runs."),
        ),
        _of_payment(
            "payment_final",
            N_("Last payment reminder"),
            N_("To a dealer who has not paid for long: what follows if nothing comes."),
        ),
    )
}


@dataclass(frozen=True)
class Wording:
    """A subject (mail only) and a body, with variables in braces."""

    subject: str
    body: str


_HOUSE = {"zh_CN": wording_zh.WORDING, "en": wording_en.WORDING}


def house_wording(key: str, channel: Channel, locale: str) -> Wording:
    """Return the house's own words for a message."""
    subject, mail, sms = _HOUSE[locale][key]
    return Wording("", sms.strip()) if channel is Channel.SMS else Wording(subject, mail.strip())
